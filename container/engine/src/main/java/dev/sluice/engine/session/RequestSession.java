package dev.sluice.engine.session;

import jakarta.servlet.SessionTrackingMode;
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
    private final @Nullable String tlsId;
    private @Nullable Session session;
    private boolean looked;

    /**
     * The session of a request in the application that it came to.
     *
     * @param requested what the client sent
     * @param issued told of a session with a new id, so that the client learns of it
     */
    public RequestSession(Sessions sessions, RequestedSession requested, Consumer<Session> issued) {
        this(sessions, requested.id(), requested.source() == SessionTrackingMode.SSL ? requested.id() : null, issued);
    }

    /**
     * The session of a request in an application that it is dispatched to.
     *
     * @param requestedId of the application that it came to, or null
     * @param issued told of a session with a new id, so that the client learns of it
     */
    public RequestSession(Sessions sessions, @Nullable String requestedId, Consumer<Session> issued) {
        this(sessions, requestedId, null, issued);
    }

    private RequestSession(
            Sessions sessions, @Nullable String requestedId, @Nullable String tlsId, Consumer<Session> issued) {
        this.sessions = sessions;
        this.requestedId = requestedId;
        this.tlsId = tlsId;
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
     *     cross-context dispatch, or null
     */
    public Session orCreate(@Nullable String sharedId) {
        Session found = existing();
        if (found == null) {
            found = sessions.create(tlsId == null ? sharedId : tlsId);
            session = found;
            issued.accept(found);
        }
        return found;
    }

    /**
     * Gives the session a new id; tracked by TLS it keeps the id of the TLS session, which nobody can plant.
     *
     * @throws IllegalStateException if there is no session
     */
    public String changeId() {
        Session found = existing();
        if (found == null) {
            throw new IllegalStateException(
                    "changeSessionId without a session (expected: getSession() made or found one before)");
        }
        if (tlsId != null) {
            return found.getId();
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
