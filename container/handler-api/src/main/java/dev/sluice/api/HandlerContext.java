package dev.sluice.api;

import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to one request and nobody else. After a WebSocket upgrade it belongs to the connection and lives as long.
 *
 * <p>{@link #cancelled()}, {@link #onCancel}, {@link #requestId()} and {@link #fork} may be used by any thread, the rest by the
 * thread of the request.
 */
public interface HandlerContext {
    /** The id of the request: the client's {@code X-Request-Id} if it was acceptable, otherwise a new one. */
    String requestId();

    /** When the client gets a 504 if the head of the response was not sent by then; empty if there is no such time. */
    Optional<Instant> deadline();

    /** Whether nobody waits for the answer any more: the client went away, the deadline passed, the server stops. */
    boolean cancelled();

    /** Runs {@code action} once when the request is cancelled; at once if it already is. It must not block. */
    void onCancel(Runnable action);

    /**
     * Runs {@code listener} after the response was sent or given up, and its body closed. Listeners run in reverse order of
     * their registration; what one throws is logged and does not keep the others from running.
     */
    void onFinish(FinishListener listener);

    /**
     * This request's own copy of the template: made when it is first asked for, the same object for the whole request. Tasks that
     * the request starts on other threads get the same one; what they and the request change in it at once needs the care
     * that objects shared by threads need.
     */
    <T> T fork(Template<T> template);

    /** Values that middleware and handler hand to each other; mutable, empty at first. */
    Map<String, Object> attributes();

    /** Who sent the request, if the server authenticated it. */
    Optional<Principal> principal();

    /**
     * Sends a {@code 103 Early Hints} response with these headers now, if the protocol and the client allow it; otherwise
     * does nothing. May be called several times before the handler returns.
     */
    void earlyHints(Headers headers);

    /** Called when a request is over. */
    @FunctionalInterface
    interface FinishListener {
        /**
         * Says how it ended.
         *
         * @param status the status that was sent, or 0 if none was
         * @param failure what kept the response from being produced or sent completely, or null
         */
        void finished(int status, @Nullable Throwable failure);
    }

    /**
     * The context of a servlet request, for use in servlets and filters. Works through request wrappers, and in every thread.
     *
     * @param request the {@code jakarta.servlet.ServletRequest}, which this API does not depend on
     * @throws IllegalArgumentException if it is nothing that has a public {@code getAttribute(String)}
     * @throws IllegalStateException if the request did not come from this server
     */
    static HandlerContext of(Object request) {
        return Attributes.find(request, HandlerContext.class);
    }
}
