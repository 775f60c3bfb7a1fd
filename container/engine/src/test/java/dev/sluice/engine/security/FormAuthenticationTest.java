package dev.sluice.engine.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.engine.descriptor.LoginDescriptor;
import dev.sluice.engine.descriptor.SecurityConstraint;
import dev.sluice.engine.descriptor.SecurityConstraint.ResourceCollection;
import dev.sluice.engine.descriptor.SecurityConstraint.Transport;
import dev.sluice.engine.fixture.Exchange;
import dev.sluice.engine.fixture.Request;
import dev.sluice.engine.session.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** FORM (Servlet 6.1, 13.6.3). */
class FormAuthenticationTest {
    private final SecurityFixture fixture = new SecurityFixture("FORM");

    private Exchange send(Request request, @Nullable String session) throws Exception {
        try (Exchange exchange = fixture.exchange(request, session)) {
            if (fixture.security.admit(exchange)) {
                exchange.answer().setHeader("Admitted", "yes");
            }
            return exchange;
        }
    }

    private static boolean admitted(Exchange exchange) {
        return exchange.answer().header("Admitted") != null;
    }

    private Exchange login(String user, String password, @Nullable String session) throws Exception {
        return send(
                new Request("POST", "/j_security_check")
                        .parameter("j_username", user)
                        .parameter("j_password", password),
                session);
    }

    @Test
    void theWholeWay() throws Exception {
        Exchange asked = send(new Request("GET", "/secret/x?q=1"), null);
        assertThat(asked.forwarded()).isEqualTo("/login.html");
        assertThat(asked.answer().header("Cache-Control")).isEqualTo("no-store");
        String before = asked.issuedId();

        Exchange login = login("alice", "ecila", before);
        assertThat(login.answer().status()).isEqualTo(302);
        assertThat(login.answer().redirect()).isEqualTo("/app/secret/x?q=1");
        String after = login.issuedId();
        assertThat(after).isNotNull().isNotEqualTo(before);
        assertThat(fixture.sessions.owns(String.valueOf(before))).isFalse();

        Exchange arrived = send(new Request("GET", "/secret/x?q=1"), after);
        assertThat(admitted(arrived)).isTrue();
        assertThat(arrived.user()).isEqualTo("alice");
        assertThat(arrived.replayed()).isEqualTo(new SavedRequest("GET", "/app/secret/x", "q=1", null, new byte[0]));
        Exchange next = send(new Request("GET", "/open"), after);
        assertThat(next.user()).isEqualTo("alice");
        assertThat(next.replayed()).isNull();
    }

    @Test
    void aPostIsReplayedWithItsBody() throws Exception {
        byte[] body = "a=b".getBytes(StandardCharsets.UTF_8);
        Request post = new Request("POST", "/any/x")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(body);
        String session = send(post, null).issuedId();
        String after = login("bob", "bob", session).issuedId();
        Exchange arrived = send(new Request("GET", "/any/x"), after);
        assertThat(arrived.replayed())
                .isEqualTo(new SavedRequest("POST", "/app/any/x", null, "application/x-www-form-urlencoded", body));
        assertThat(arrived.request().getMethod()).isEqualTo("POST");
        assertThat(admitted(arrived)).isTrue();
    }

    /** What is replayed is judged again, as the user and with the method that it really has. */
    @Test
    void aReplayMustPassTheConstraints() throws Exception {
        String session = send(new Request("POST", "/secret/x").body(new byte[] {1}), null)
                .issuedId();
        String after = login("bob", "bob", session).issuedId();
        Exchange arrived = send(new Request("GET", "/secret/x"), after);
        assertThat(arrived.replayed()).isNotNull();
        assertThat(admitted(arrived)).isFalse();
        assertThat(arrived.answer().status()).isEqualTo(403);
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws Exception {
        Exchange exchange = send(new Request("POST", "/any/x").body(new byte[4 * 1024 + 1]), null);
        assertThat(exchange.answer().status()).isEqualTo(413);
        assertThat(exchange.issuedId()).isNull();
    }

    /** HTTP/2 needs no announcement of a body's length. */
    @Test
    void aBodyOfUnknownLengthIsReplayed() throws Exception {
        byte[] body = new byte[4 * 1024];
        Request post = new Request("POST", "/any/x").body(body).withoutLength();
        String after = login("bob", "bob", send(post, null).issuedId()).issuedId();
        SavedRequest replayed = send(new Request("GET", "/any/x"), after).replayed();
        assertThat(replayed).isNotNull();
        assertThat(replayed.body()).isEqualTo(body);
        Request longer = new Request("POST", "/any/x").body(new byte[4 * 1024 + 1]);
        assertThat(send(longer.withoutLength(), null).answer().status()).isEqualTo(413);
    }

    /** A session that is tracked by its URL comes back with its new id there. */
    @Test
    void theSessionsIdInTheUrlDoesNotHinderAReplay() throws Exception {
        Request post = new Request("POST", "/any/x").body(new byte[] {1});
        String after = login("bob", "bob", send(post, null).issuedId()).issuedId();
        assertThat(send(new Request("GET", "/any/x;jsessionid=" + after), after).replayed())
                .isNotNull();
    }

    /** What one user has sent is never executed as another one, whoever logs in by which way in the same session. */
    @Test
    void aSavedRequestBelongsToItsLogin() throws Exception {
        Request post = new Request("POST", "/any/x").body(new byte[] {1});
        String waiting = send(post, null).issuedId();
        Exchange other = fixture.exchange(new Request("GET", "/open"), waiting);
        fixture.security.login(other, "bob", "bob");
        other.close();
        assertThat(send(new Request("GET", "/any/x"), other.issuedId()).replayed())
                .as("after login()")
                .isNull();

        String after = login(
                        "bob",
                        "bob",
                        send(new Request("POST", "/any/x").body(new byte[] {1}), null)
                                .issuedId())
                .issuedId();
        Exchange leaving = fixture.exchange(new Request("GET", "/open"), after);
        fixture.security.admit(leaving);
        fixture.security.logout(leaving);
        leaving.close();
        String again = login("alice", "ecila", after).issuedId();
        assertThat(send(new Request("GET", "/any/x"), again).replayed())
                .as("after logout() and the login of somebody else")
                .isNull();
    }

    /** A browser takes two slashes at the start of a Location for another host. */
    @Test
    void theWayBackNeverLeadsToAnotherHost() {
        for (String uri :
                new String[] {"//evil.example/x", "///evil.example/x", "/\\evil.example/x", "\\/evil.example/x"}) {
            assertThat(new SavedRequest("GET", uri, "q", null, new byte[0]).target())
                    .isEqualTo("/evil.example/x?q");
        }
    }

    @Test
    void aWrongPasswordLeadsToTheErrorPage() throws Exception {
        String session = send(new Request("GET", "/any/x"), null).issuedId();
        for (String password : new String[] {"wrong", ""}) {
            Exchange login = login("alice", password, session);
            assertThat(login.forwarded()).isEqualTo("/error.html?again");
            assertThat(login.user()).isNull();
        }
        assertThat(send(new Request("POST", "/j_security_check"), session).forwarded())
                .isEqualTo("/error.html?again");
        assertThat(admitted(send(new Request("GET", "/any/x"), session))).isFalse();
    }

    @Test
    void aLoginWithoutAWaitingRequestLeadsHome() throws Exception {
        Exchange login = login("bob", "bob", null);
        assertThat(login.answer().redirect()).isEqualTo("/app/");
        assertThat(send(new Request("GET", "/any/x"), login.issuedId()).user()).isEqualTo("bob");
    }

    @Test
    void theCheckIsAPostOnly() throws Exception {
        Exchange get = send(
                new Request("GET", "/secret/j_security_check")
                        .parameter("j_username", "alice")
                        .parameter("j_password", "ecila"),
                null);
        assertThat(get.user()).isNull();
        assertThat(get.forwarded()).isEqualTo("/login.html");
    }

    @Test
    void itsOwnPagesAreOpen() throws Exception {
        SecurityFixture everything = new SecurityFixture("FORM");
        Security security = new Security(
                List.of(new SecurityConstraint(
                        List.of(new ResourceCollection("c", List.of("/*"), Set.of(), Set.of())),
                        Set.of("boss"),
                        Transport.NONE)),
                false,
                new LoginDescriptor("FORM", null, "/login.html", "/error.html?again"),
                Set.of(),
                everything.logins,
                SecurityOptions.DEFAULT,
                () -> 0,
                everything.clock);
        assertThat(security.admit(everything.get("/login.html"))).isTrue();
        assertThat(security.admit(everything.get("/error.html"))).isTrue();
        assertThat(security.admit(everything.get("/login.html/x"))).isFalse();
    }

    @Test
    void aSessionThatOnlyWaitsIsShort() throws Exception {
        String waiting = send(new Request("GET", "/any/x"), null).issuedId();
        assertThat(waiting).isNotNull();
        Session session = fixture.sessions.find(waiting);
        assertThat(session).isNotNull();
        assertThat(session.getMaxInactiveInterval()).isEqualTo(120);
        login("bob", "bob", waiting);
        assertThat(session.getMaxInactiveInterval()).isEqualTo(1800);
        String other = send(new Request("GET", "/any/x"), null).issuedId();
        fixture.clock.pass(Duration.ofMinutes(2));
        assertThat(fixture.sessions.owns(String.valueOf(other))).isFalse();
    }

    @Test
    void needsItsPages() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Security(
                        List.of(),
                        false,
                        new LoginDescriptor("FORM", null, null, null),
                        Set.of(),
                        fixture.logins,
                        SecurityOptions.DEFAULT,
                        () -> 0,
                        fixture.clock))
                .withMessageContaining("form-login-page");
    }
}
