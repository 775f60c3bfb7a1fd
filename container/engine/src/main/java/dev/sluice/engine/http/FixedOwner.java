package dev.sluice.engine.http;

/** Whose fixed response it is; is told about each request that was answered with it straight from the read buffer. */
@FunctionalInterface
public interface FixedOwner {
    /** A request was answered. Called on the loop; the request is valid during the call only. */
    void answered(FixedRequest request);
}
