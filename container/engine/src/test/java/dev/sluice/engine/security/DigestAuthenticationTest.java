package dev.sluice.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fixture.Exchange;
import dev.sluice.engine.fixture.Request;
import dev.sluice.engine.fixture.TestClock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DIGEST (RFC 7616). */
class DigestAuthenticationTest {
    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]+)\"");
    private final SecurityFixture fixture = new SecurityFixture(
            "DIGEST", new SecurityOptions(0, Duration.ofMinutes(1), true, Duration.ofMinutes(1)), 8443);

    private String nonce() throws Exception {
        return nonce(challenged(fixture.get("/any/x")));
    }

    private static String nonce(String challenge) {
        Matcher matcher = NONCE.matcher(challenge);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private String challenged(Exchange exchange) throws Exception {
        assertThat(fixture.security.admit(exchange)).isFalse();
        assertThat(exchange.answer().status()).isEqualTo(401);
        return String.valueOf(exchange.answer().header("WWW-Authenticate"));
    }

    private static String answer(String nonce, String count, String algorithm) {
        return answer("alice", "ecila", nonce, count, algorithm, "/app/any/x?q=1");
    }

    private static String answer(
            String user, String password, String nonce, String count, String algorithm, String uri) {
        String secret = DigestMechanism.hash(user + ":" + SecurityFixture.REALM + ":" + password, algorithm);
        String request = DigestMechanism.hash("GET:" + uri, algorithm);
        String response = DigestMechanism.hash(secret + ":" + nonce + ":" + count + ":c\"n:auth:" + request, algorithm);
        return "Digest username=\"" + user + "\", realm=\"the \\\"realm\\\"\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", algorithm=" + algorithm + ", qop=auth, nc=" + count + ", cnonce=\"c\\\"n\", response=\""
                + response
                + "\"";
    }

    private boolean admits(String authorization) throws Exception {
        return fixture.security.admit(exchange(authorization));
    }

    private Exchange exchange(String authorization) {
        return fixture.exchange(new Request("GET", "/any/x?q=1").header("Authorization", authorization), null);
    }

    @Test
    void offersTheStrongAlgorithmFirst() throws Exception {
        String challenge = challenged(fixture.get("/any/x"));
        assertThat(challenge)
                .startsWith("Digest realm=\"the \\\"realm\\\"\", qop=\"auth\", algorithm=SHA-256, nonce=")
                .contains("algorithm=MD5")
                .doesNotContain("stale");
        SecurityFixture strong = new SecurityFixture("DIGEST");
        Exchange exchange = strong.get("/any/x");
        strong.security.admit(exchange);
        assertThat(exchange.answer().header("WWW-Authenticate")).doesNotContain("MD5");
        String md5 = answer(nonce(String.valueOf(exchange.answer().header("WWW-Authenticate"))), "00000001", "MD5");
        assertThat(strong.security.admit(exchange(md5))).isFalse();
    }

    /** The example of RFC 7616, 3.9.1. */
    @ParameterizedTest
    @CsvSource({
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
        "MD5, 8ca523f5e9506fed4657c9700eebdbec"
    })
    void hashesAsTheExampleDoes(String algorithm, String expected) {
        String secret = DigestMechanism.hash("Mufasa:http-auth@example.org:Circle of Life", algorithm);
        String request = DigestMechanism.hash("GET:/dir/index.html", algorithm);
        assertThat(DigestMechanism.hash(
                        secret + ":7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v:00000001:"
                                + "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ:auth:" + request,
                        algorithm))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-256", "MD5"})
    void admitsWith(String algorithm) throws Exception {
        Exchange exchange = exchange(answer(nonce(), "00000001", algorithm));
        assertThat(fixture.security.admit(exchange)).isTrue();
        assertThat(exchange.user()).isEqualTo("alice");
        assertThat(exchange.authentication()).extracting("type").isEqualTo("DIGEST");
    }

    @Test
    void aCountCannotBeUsedAgain() throws Exception {
        String nonce = nonce();
        assertThat(admits(answer(nonce, "00000002", "SHA-256"))).isTrue();
        assertThat(admits(answer(nonce, "00000001", "SHA-256"))).as("overtaken").isTrue();
        assertThat(admits(answer(nonce, "00000002", "SHA-256"))).as("replayed").isFalse();
        assertThat(admits(answer(nonce, "00000100", "SHA-256"))).isTrue();
        assertThat(admits(answer(nonce, "00000003", "SHA-256"))).as("too old").isFalse();
        assertThat(admits(answer(nonce, "00000000", "SHA-256"))).isFalse();
    }

    @Test
    void anOldNonceIsStaleButOnlyForTheRightPassword() throws Exception {
        String nonce = nonce();
        fixture.clock.pass(Duration.ofMinutes(6));
        assertThat(challenged(exchange(answer(nonce, "00000001", "SHA-256")))).contains("stale=true");
        String wrong = answer("alice", "wrong", nonce, "00000001", "SHA-256", "/app/any/x?q=1");
        assertThat(challenged(exchange(wrong))).doesNotContain("stale");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Digest",
                "Digest x",
                "Digest username=\"alice\"",
                "Digest username=\"alice",
                "Digest username=\"alice\", username=\"alice\"",
                "Basic YWxpY2U6ZWNpbGE="
            })
    void malformedIsChallenged(String authorization) throws Exception {
        challenged(exchange(authorization));
    }

    @Test
    void everyPartIsChecked() throws Exception {
        String good = answer(nonce(), "00000001", "SHA-256");
        for (String[] change : new String[][] {
            {"realm=\"the", "realm=\"another"},
            {"uri=\"/app/any/x?q=1\"", "uri=\"/app/any/y?q=1\""},
            {"qop=auth", "qop=auth-int"},
            {"nc=00000001", "nc=1"},
            {"nc=00000001", "nc=00000009"},
            {"algorithm=SHA-256", "algorithm=SHA-1"},
            {"algorithm=SHA-256", "algorithm=MD5"},
            {"cnonce=\"c\\\"n\"", "cnonce=\"\""},
            {"username=\"alice\"", "username=\"bob\""},
            {"nonce=\"", "nonce=\"x"},
        }) {
            assertThat(good).contains(change[0]);
            assertThat(admits(good.replace(change[0], change[1]))).as(change[1]).isFalse();
        }
        assertThat(admits(good)).isTrue();
    }

    @Test
    void anotherUrisAnswerIsNoneForThis() throws Exception {
        String other = answer("alice", "ecila", nonce(), "00000001", "SHA-256", "/app/any/other");
        assertThat(admits(other)).isFalse();
    }

    @Test
    void theAbsoluteFormIsTheSameTarget() throws Exception {
        String absolute = answer("alice", "ecila", nonce(), "00000001", "SHA-256", "http://host.test/app/any/x?q=1");
        assertThat(admits(absolute)).isTrue();
    }

    @Test
    void whatIsRememberedIsBoundedAndNotReplayable() {
        TestClock clock = new TestClock();
        DigestNonces nonces = new DigestNonces(clock, Duration.ofMinutes(5));
        String first = nonces.issue();
        assertThat(nonces.use(first, 1)).isTrue();
        clock.pass(Duration.ofMillis(1));
        for (int i = 0; i < 12_000; i++) {
            assertThat(nonces.use(nonces.issue(), 1)).isTrue();
        }
        assertThat(nonces.remembered()).isLessThanOrEqualTo(10_000);
        assertThat(nonces.check(first)).isEqualTo(DigestNonces.Standing.STALE);
    }
}
