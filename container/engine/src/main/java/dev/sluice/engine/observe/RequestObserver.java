package dev.sluice.engine.observe;

/** Is told about each request once. */
@FunctionalInterface
public interface RequestObserver {
    /** A request is complete; called on the loop or the lane's thread, so it must be quick and must not throw. */
    void completed(CompletedRequest request);
}
