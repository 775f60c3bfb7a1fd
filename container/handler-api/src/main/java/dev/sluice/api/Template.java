package dev.sluice.api;

/**
 * The key to state that the application published once, at start. Each request (or WebSocket connection, or job) works
 * on a fork, a deep copy of its own: {@link HandlerContext#fork}. The published value itself is never changed again;
 * what the application does to the original after {@link Setup#template} has no effect on forks.
 *
 * <p>Keys are made by the server and compared by identity; they may be kept in fields and used by any thread.
 */
public interface Template<T> {
    /** The name it was published under, unique in the application. */
    String name();
}
