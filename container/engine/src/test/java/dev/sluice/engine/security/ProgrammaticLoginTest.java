package dev.sluice.engine.security;

import static dev.sluice.engine.security.SecurityFixture.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.engine.fixture.Exchange;
import dev.sluice.engine.fixture.Request;
import dev.sluice.engine.session.Session;
import jakarta.servlet.ServletException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code authenticate}, {@code login}, {@code logout} and {@code isUserInRole} (Servlet 6.1, 13.3). */
class ProgrammaticLoginTest {
    private final SecurityFixture fixture = new SecurityFixture("BASIC");

    @Test
    void loginLastsInTheSessionWhoseIdChanges() throws Exception {
        Exchange exchange = fixture.get("/open");
        Session session = exchange.session(true);
        assertThat(session).isNotNull();
        String before = session.getId();
        fixture.security.login(exchange, "alice", "ecila");
        assertThat(exchange.user()).isEqualTo("alice");
        assertThat(session.getId()).isNotEqualTo(before);
        Exchange next = fixture.exchange(new Request("GET", "/secret/x"), session.getId());
        assertThat(fixture.security.admit(next)).isTrue();
        fixture.security.logout(next);
        assertThat(next.user()).isNull();
        assertThat(fixture.security.admit(fixture.exchange(new Request("GET", "/secret/x"), session.getId())))
                .isFalse();
    }

    @Test
    void loginWithoutASessionMakesNone() throws Exception {
        Exchange exchange = fixture.get("/open");
        fixture.security.login(exchange, "bob", "bob");
        assertThat(exchange.session(false)).isNull();
    }

    @Test
    void loginRefuses() throws Exception {
        Exchange exchange = fixture.get("/open");
        for (String password : new String[] {"wrong", null}) {
            assertThatExceptionOfType(ServletException.class)
                    .isThrownBy(() -> fixture.security.login(exchange, "bob", password));
        }
        fixture.security.login(exchange, "bob", "bob");
        assertThatExceptionOfType(ServletException.class)
                .isThrownBy(() -> fixture.security.login(exchange, "alice", "ecila"))
                .withMessageContaining("logout");
        SecurityFixture certificates = new SecurityFixture("CLIENT-CERT");
        assertThatExceptionOfType(ServletException.class)
                .isThrownBy(() -> certificates.security.login(certificates.get("/open"), "bob", "bob"));
    }

    @Test
    void loginWorksWithoutALoginConfig() throws Exception {
        SecurityFixture none = new SecurityFixture(null);
        Exchange exchange = none.get("/open");
        none.security.login(exchange, "bob", "bob");
        assertThat(exchange.user()).isEqualTo("bob");
        Exchange refused = none.get("/any/x");
        assertThat(none.security.admit(refused)).isFalse();
        assertThat(refused.answer().status()).isEqualTo(403);
    }

    @Test
    void authenticateChallengesOrKnows() throws Exception {
        Exchange unknown = fixture.get("/open");
        assertThat(fixture.security.authenticate(unknown)).isFalse();
        assertThat(unknown.answer().status()).isEqualTo(401);
        Exchange known =
                fixture.exchange(new Request("GET", "/open").header("Authorization", basic("bob", "bob")), null);
        assertThat(fixture.security.authenticate(known)).isTrue();
        assertThat(known.user()).isEqualTo("bob");
    }

    @Test
    void authenticateWithFormForwardsToTheLoginPage() throws Exception {
        SecurityFixture form = new SecurityFixture("FORM");
        Exchange exchange = form.get("/open");
        assertThat(form.security.authenticate(exchange)).isFalse();
        assertThat(exchange.forwarded()).isEqualTo("/login.html");
    }

    @Test
    void rolesAndReferences() {
        Authentication alice = new Authentication(User.of("alice", Set.of("boss")), "BASIC");
        Map<String, String> references = Map.of("chief", "boss", "boss", "other");
        assertThat(fixture.security.inRole(alice, "boss", Map.of())).isTrue();
        assertThat(fixture.security.inRole(alice, "chief", references)).isTrue();
        assertThat(fixture.security.inRole(alice, "boss", references)).isFalse();
        assertThat(fixture.security.inRole(alice, "*", Map.of())).isFalse();
        assertThat(fixture.security.inRole(alice, "**", Map.of())).isTrue();
        assertThat(fixture.security.inRole(null, "**", Map.of())).isFalse();
    }
}
