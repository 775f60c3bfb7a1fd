package dev.sluice.engine.servlet;

import dev.sluice.engine.cookie.SetCookie;
import dev.sluice.engine.http.Headers;
import dev.sluice.engine.session.RequestSession;
import dev.sluice.engine.session.RequestedSession;
import dev.sluice.engine.session.Session;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.Cookie;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a request: that of the application that it came to, and with the same id those of the applications that it was dispatched to
 * (Servlet 6.1, 7.3). One thread at a time.
 */
final class RequestSessions {
    private final HttpRequest request;
    private final AppContext home;
    private @Nullable RequestedSession requested;
    private @Nullable RequestSession own;
    private @Nullable Map<AppContext, RequestSession> foreign;

    RequestSessions(HttpRequest request, AppContext home) {
        this.request = request;
        this.home = home;
    }

    /** What the client sent. */
    RequestedSession requested() {
        RequestedSession known = requested;
        if (known == null) {
            known = home.tracking()
                    .requested(
                            request.cookies(),
                            name -> request.exchange().path().parameter(name),
                            tlsSession(),
                            home.sessions()::owns);
            requested = known;
        }
        return known;
    }

    private @Nullable String tlsSession() {
        boolean wanted = home.tracking().modes().contains(SessionTrackingMode.SSL);
        return wanted ? request.exchange().connection().tlsSessionId().orElse(null) : null;
    }

    /** Whether the id that the client sent is that of a live session of the application that the request is in now. */
    boolean requestedValid(AppContext app) {
        String id = requested().id();
        if (app == home || id == null) {
            return own().requestedIdValid();
        }
        return foreign(app, id).requestedIdValid();
    }

    /** The session of the application that the request is in now. */
    @Nullable
    Session get(AppContext app, boolean create) {
        if (app == home) {
            return create ? createOwn() : own().existing();
        }
        Session first = create ? createOwn() : own().existing();
        if (first == null) {
            return null;
        }
        RequestSession session = foreign(app, first.getId());
        return create ? session.orCreate(first.getId()) : session.existing();
    }

    private Session createOwn() {
        Session existing = own().existing();
        if (existing != null) {
            return existing;
        }
        if (request.response().isCommitted()) {
            throw new IllegalStateException(
                    "A session is wanted after the response was committed, so the client cannot learn of it (expected: before)");
        }
        return own().orCreate(null);
    }

    /** Changes the id of the session in the application that the request came to. */
    String changeId() {
        return own().changeId();
    }

    /** The id of the live session, or null. */
    @Nullable
    String currentId(AppContext app) {
        Session session = get(app, false);
        return session == null ? null : session.getId();
    }

    /** The request does not use its sessions any more. */
    void close() {
        if (own != null) {
            own.close();
        }
        if (foreign != null) {
            foreign.values().forEach(RequestSession::close);
        }
    }

    private RequestSession own() {
        RequestSession session = own;
        if (session == null) {
            session = new RequestSession(home.sessions(), requested(), this::issue);
            own = session;
        }
        return session;
    }

    private RequestSession foreign(AppContext app, String id) {
        Map<AppContext, RequestSession> sessions = foreign;
        if (sessions == null) {
            sessions = new LinkedHashMap<>(2);
            foreign = sessions;
        }
        return sessions.computeIfAbsent(app, other -> new RequestSession(other.sessions(), id, session -> {}));
    }

    /** Tells the client of a session id; a cookie for an earlier one of this response goes. */
    private void issue(Session session) {
        Cookie cookie = home.tracking()
                .cookie(session.getId(), request.isSecure(), request.exchange().prefix());
        if (cookie == null || request.exchange().committed()) {
            return;
        }
        Headers headers = request.exchange().responseHeaders();
        List<String> others = new ArrayList<>(headers.all("Set-Cookie"));
        if (others.removeIf(line -> line.startsWith(cookie.getName() + "="))) {
            headers.remove("Set-Cookie");
            others.forEach(line -> headers.add("Set-Cookie", line));
        }
        headers.add("Set-Cookie", SetCookie.render(cookie, home.environment().clock()));
    }
}
