package dev.sluice.engine.application;

/** Something registered or scheduled that can be taken back. */
@FunctionalInterface
public interface Cancellation {
    /** Takes it back; true if it will not run any more. Idempotent, from any thread. */
    boolean cancel();
}
