package dev.sluice.engine.security;

import static dev.sluice.engine.security.SecurityFixture.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fixture.Exchange;
import dev.sluice.engine.fixture.Request;
import dev.sluice.engine.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BASIC (RFC 7617) and what the constraints make of it. */
class BasicAuthenticationTest {
    private final SecurityFixture fixture = new SecurityFixture("BASIC");

    private Exchange get(String path, String authorization) {
        return fixture.exchange(new Request("GET", path).header("Authorization", authorization), null);
    }

    @Test
    void challenges() throws Exception {
        Exchange exchange = fixture.get("/secret/x");
        assertThat(fixture.security.admit(exchange)).isFalse();
        assertThat(exchange.answer().status()).isEqualTo(401);
        assertThat(exchange.answer().header("WWW-Authenticate"))
                .isEqualTo("Basic realm=\"the \\\"realm\\\"\", charset=\"UTF-8\"");
    }

    @Test
    void admitsTheRightUser() throws Exception {
        Exchange exchange = get("/secret/x", basic("alice", "ecila"));
        assertThat(fixture.security.admit(exchange)).isTrue();
        assertThat(exchange.user()).isEqualTo("alice");
        assertThat(exchange.authentication()).extracting("type").isEqualTo("BASIC");
        assertThat(exchange.answer().header("Cache-Control")).isEqualTo("private");
    }

    @Test
    void refusesWithoutTheRole() throws Exception {
        Exchange exchange = get("/secret/x", basic("bob", "bob"));
        assertThat(fixture.security.admit(exchange)).isFalse();
        assertThat(exchange.answer().status()).isEqualTo(403);
        assertThat(fixture.security.admit(get("/any/x", basic("bob", "bob")))).isTrue();
    }

    @Test
    void refusesEverybodyWhereNobodyMay() throws Exception {
        Exchange exchange = get("/none/x", basic("alice", "ecila"));
        assertThat(fixture.security.admit(exchange)).isFalse();
        assertThat(exchange.answer().status()).isEqualTo(403);
    }

    @Test
    void namesInUtf8AndInLatin1() throws Exception {
        assertThat(fixture.security.admit(get("/any/x", basic("j\u00f6rg", "gr\u00f6j"))))
                .isTrue();
        String latin = "Basic "
                + Base64.getEncoder().encodeToString("j\u00f6rg:gr\u00f6j".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(fixture.security.admit(get("/any/x", latin))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic",
                "Basic ",
                "Basic !!!",
                "Basic YWxpY2U=",
                "basic",
                "",
                "Bearer YWxpY2U6ZWNpbGE=",
                "Digest x",
                "Basic YWxpY2U6eA=="
            })
    void whatIsWrongIsChallengedAgain(String authorization) throws Exception {
        Exchange exchange = get("/any/x", authorization);
        assertThat(fixture.security.admit(exchange)).isFalse();
        assertThat(exchange.answer().status()).isEqualTo(401);
    }

    @Test
    void theSchemeHasNoCase() throws Exception {
        assertThat(fixture.security.admit(get("/any/x", basic("bob", "bob").replace("Basic", "BASIC"))))
                .isTrue();
    }

    @Test
    void openPagesAskNobody() throws Exception {
        Exchange exchange = get("/open", basic("alice", "wrong"));
        assertThat(fixture.security.admit(exchange)).isTrue();
        assertThat(exchange.user()).isNull();
        assertThat(fixture.asked).hasValue(0);
    }

    @Test
    void aSessionOfBeforeGetsANewIdOnce() throws Exception {
        Session session;
        try (Exchange before = fixture.get("/open")) {
            session = before.session(true);
        }
        assertThat(session).isNotNull();
        String planted = session.getId();
        Exchange first =
                fixture.exchange(new Request("GET", "/any/x").header("Authorization", basic("bob", "bob")), planted);
        assertThat(fixture.security.admit(first)).isTrue();
        assertThat(session.getId()).isNotEqualTo(planted).isEqualTo(first.issuedId());
        assertThat(fixture.sessions.owns(planted)).isFalse();
        Exchange second = fixture.exchange(
                new Request("GET", "/any/x").header("Authorization", basic("bob", "bob")), session.getId());
        assertThat(fixture.security.admit(second)).isTrue();
        assertThat(second.issuedId()).isNull();
    }

    @Test
    void aSessionAloneIsNoIdentity() throws Exception {
        Exchange first = get("/any/x", basic("bob", "bob"));
        fixture.security.admit(first);
        Session session = first.session(true);
        assertThat(session).isNotNull();
        Exchange second = fixture.exchange(new Request("GET", "/any/x"), session.getId());
        assertThat(fixture.security.admit(second)).isFalse();
    }

    @Test
    void theRealmIsNotAskedAgainForAMinute() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(fixture.security.admit(get("/any/x", basic("bob", "bob"))))
                    .isTrue();
        }
        assertThat(fixture.asked).hasValue(1);
        assertThat(fixture.security.admit(get("/any/x", basic("bob", "wrong")))).isFalse();
        fixture.clock.pass(Logins.REMEMBERED);
        assertThat(fixture.security.admit(get("/any/x", basic("bob", "bob")))).isTrue();
        assertThat(fixture.asked).hasValue(3);
    }
}
