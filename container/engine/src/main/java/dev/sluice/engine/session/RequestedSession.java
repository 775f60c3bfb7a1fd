package dev.sluice.engine.session;

import jakarta.servlet.SessionTrackingMode;
import org.jspecify.annotations.Nullable;

/**
 * The session id that a client sent, and how.
 *
 * @param id null if it sent none
 * @param source null if it sent none
 */
public record RequestedSession(
        @Nullable String id, @Nullable SessionTrackingMode source) {

    /** The client sent none. */
    public static final RequestedSession NONE = new RequestedSession(null, null);
}
