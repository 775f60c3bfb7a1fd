package dev.sluice.api;

import java.util.Objects;

/**
 * Answers one request. A handler is called by many threads at once; state that requests change belongs into a
 * {@linkplain Setup#template template}.
 */
@FunctionalInterface
public interface Handler {
    /**
     * Returns the response to {@code request}. The server writes the response and closes its body exactly once, also
     * when it cannot be sent. May block.
     *
     * @throws StatusException for an answer with another status than 500
     * @throws Exception anything else: the client gets a 500 that says nothing about the reason
     */
    Response handle(Request request, HandlerContext context) throws Exception;

    /** Whether {@link #handle} may block or compute for long. True unless it was declared otherwise. */
    default boolean blocking() {
        return true;
    }

    /**
     * Declares that {@code handler} never blocks and never computes for longer than some microseconds, so that it may
     * run on the I/O thread itself, and does not read the body of the request. Its response may have any body: those
     * that could wait for the client are written by another thread.
     */
    static Handler nonBlocking(Handler handler) {
        return new NonBlockingHandler(Objects.requireNonNull(handler, "handler"));
    }
}
