package dev.sluice.engine.http;

/** Code that says what it works on. */
public interface Labelled extends Runnable {
    /** The end of its thread's name, as {@code req-} and the request's id. */
    String label();
}
