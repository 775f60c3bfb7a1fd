package dev.sluice.engine.session;

import dev.sluice.engine.fixture.Context;
import dev.sluice.engine.fixture.TestClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sessions of an application, with a clock in the test's hand and a record of what listeners heard. */
final class SessionFixture {
    final TestClock clock = new TestClock();
    final SessionListeners listeners = new SessionListeners();
    final List<String> heard = new ArrayList<>();
    final Sessions sessions;

    SessionFixture() {
        this(SessionOptions.DEFAULT, null);
    }

    SessionFixture(SessionOptions options, @Nullable SessionStore store) {
        sessions = new Sessions(
                options, new Context().view(), SessionFixture.class.getClassLoader(), listeners, store, clock);
    }

    /** A request with a session id, or without one. */
    RequestSession request(@Nullable String id) {
        return new RequestSession(sessions, id, session -> heard.add("issued " + (session.isNew() ? "new" : "known")));
    }

    /** A session that a request has made; the request is over. */
    Session made() {
        try (RequestSession request = request(null)) {
            return request.orCreate(null);
        }
    }
}
