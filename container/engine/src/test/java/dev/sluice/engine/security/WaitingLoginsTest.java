package dev.sluice.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fixture.Exchange;
import dev.sluice.engine.fixture.Request;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What unauthenticated clients can make a login by FORM keep is bounded. */
class WaitingLoginsTest {
    private final SecurityFixture fixture = new SecurityFixture("FORM", new WaitingLogins.Limits(3, 10_000));

    private String ask(int body) throws Exception {
        try (Exchange exchange = fixture.exchange(new Request("POST", "/any/x").body(new byte[body]), null)) {
            assertThat(fixture.security.admit(exchange)).isFalse();
            return String.valueOf(exchange.issuedId());
        }
    }

    private WaitingLogins.Statistics statistics() {
        return fixture.logins.waiting().statistics();
    }

    @Test
    void theOneThatHasWaitedLongestGoes() throws Exception {
        String first = ask(0);
        String second = ask(0);
        for (int i = 0; i < 2; i++) {
            ask(0);
        }
        assertThat(fixture.sessions.owns(first)).isFalse();
        assertThat(fixture.sessions.owns(second)).isTrue();
        assertThat(fixture.sessions.statistics().live()).isEqualTo(3);
        assertThat(statistics().waiting()).isEqualTo(3);
        assertThat(statistics().dropped()).isEqualTo(1);
    }

    @Test
    void theBytesOfAllTogetherAreBounded() throws Exception {
        for (int i = 0; i < 50; i++) {
            ask(4000);
            assertThat(statistics().bytes()).isLessThanOrEqualTo(10_000);
        }
        assertThat(statistics().waiting()).isEqualTo(2);
        assertThat(fixture.sessions.statistics().live()).isEqualTo(2);
    }

    @Test
    void everythingIsGivenBack() throws Exception {
        String session = ask(100);
        try (Exchange login = fixture.exchange(
                new Request("POST", "/j_security_check")
                        .parameter("j_username", "bob")
                        .parameter("j_password", "bob"),
                session)) {
            fixture.security.admit(login);
        }
        assertThat(statistics()).isEqualTo(new WaitingLogins.Statistics(0, 0, 0));
        ask(100);
        fixture.clock.pass(Duration.ofMinutes(2));
        fixture.sessions.sweep();
        assertThat(statistics()).isEqualTo(new WaitingLogins.Statistics(0, 0, 0));
        ask(100);
        fixture.sessions.stop();
        assertThat(statistics()).isEqualTo(new WaitingLogins.Statistics(0, 0, 0));
    }

    @Test
    void aSessionOfTheApplicationStays() throws Exception {
        String own;
        try (Exchange exchange = fixture.exchange(new Request("GET", "/open"), null)) {
            exchange.session(true);
            own = String.valueOf(exchange.issuedId());
        }
        try (Exchange exchange = fixture.exchange(new Request("GET", "/any/x"), own)) {
            fixture.security.admit(exchange);
        }
        for (int i = 0; i < 10; i++) {
            ask(0);
        }
        assertThat(fixture.sessions.owns(own)).isTrue();
        assertThat(fixture.sessions.find(own).notes()).doesNotContainKey(FormMechanism.SAVED);
    }
}
