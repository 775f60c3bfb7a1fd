package dev.sluice.fork;

/** Who works on a fork, and how long the fork lives. */
public enum ForkKind {
    /** One request: isolated, made when first touched, dropped with the request. */
    REQUEST,
    /** One WebSocket connection: isolated, the same for all its messages. */
    CONNECTION,
    /** A task that a request started: works on the very fork of its request. */
    TASK,
    /** A scheduled job of the application: isolated from all requests, kept from run to run. */
    JOB
}
