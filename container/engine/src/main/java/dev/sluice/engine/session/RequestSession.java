package dev.sluice.engine.session;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The session of one request in one application: found by the id that the client sent, or made on demand, and in use
 * until {@link #close}. For one thread at a time, like the request.
 */
public final class RequestSession implements AutoCloseable {
    private final Sessions sessions;
    private final Consumer<Session> issued;
    private @Nullable String requestedId;
    private @Nullable Session session;
    private boolean looked;

    /**
     * The session of a request.
     *
     * @param requestedId what the client sent, or null
     * @param issued told of a session with a new id, so that the client learns of it
     */
    public RequestSession(Sessions sessions, @Nullable String requestedId, Consumer<Session> issued) {
        this.sessions = sessions;
        this.requestedId = requestedId;
        this.issued = issued;
    }

    /** The live session of this request, or null. */
    public @Nullable Session existing() {
        if (session != null && session.live()) {
            return session;
        }
        if (session != null) {
            close();
        }
        if (!looked && requestedId != null) {
            looked = true;
            session = sessions.join(requestedId);
        }
        return session;
    }

    /**
     * The live session of this request, made if there is none. The caller has seen to it that the response is not
     * committed (Servlet 6.1, 7.1).
     *
     * @param sharedId the id of a live session of the application that the request first came to, if this is a
     *     cross-context dispatch; the TLS session id if sessions are tracked by SSL; else null
     */
    public Session orCreate(@Nullable String sharedId) {
        Session found = existing();
        if (found == null) {
            found = sessions.create(sharedId);
            session = found;
            issued.accept(found);
        }
        return found;
    }

    /**
     * Gives the session a new id.
     *
     * @throws IllegalStateException if there is no session
     */
    public String changeId() {
        Session found = existing();
        if (found == null) {
            throw new IllegalStateException(
                    "changeSessionId without a session (expected: getSession() made or found one before)");
        }
        String id = sessions.changeId(found);
        if (requestedId != null) {
            requestedId = id;
        }
        issued.accept(found);
        return id;
    }

    /** The id that the client sent (a new one after {@link #changeId}), or null. */
    public @Nullable String requestedId() {
        return requestedId;
    }

    /** Whether the id that the client sent is that of a live session. */
    public boolean requestedIdValid() {
        if (requestedId == null) {
            return false;
        }
        Session found = existing();
        return found != null && requestedId.equals(found.getId()) || sessions.owns(requestedId);
    }

    /** The request does not use it any longer; harmless when repeated. */
    @Override
    public void close() {
        Session used = session;
        session = null;
        if (used != null) {
            used.release(sessions.now());
        }
    }
}
