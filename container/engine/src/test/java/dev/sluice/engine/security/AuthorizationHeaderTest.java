package dev.sluice.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fixture.Exchange;
import dev.sluice.engine.fixture.Request;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any Authorization header is read or not; none is an error of the server (RFC 9110, 11.4). */
class AuthorizationHeaderTest {
    @Test
    void parameters() {
        Credentials credentials = Credentials.parse("  DIGEST a=b ,  C=\"d \\\"e\\\\, f\" , g=\"\",h=");
        assertThat(credentials).isNotNull();
        assertThat(credentials.scheme()).isEqualTo("digest");
        assertThat(credentials.parameters())
                .containsOnly(
                        Map.entry("a", "b"), Map.entry("C", "d \"e\\, f"), Map.entry("g", ""), Map.entry("h", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Digest a", "Digest a=b, a=c", "Digest a=\"b", "Digest a=\"b\"c", "Digest =b"})
    void brokenOnes(String header) {
        Credentials credentials = Credentials.parse(header);
        assertThat(credentials).isNotNull();
        assertThat(credentials.parameters()).isNull();
    }

    @Test
    void tooMuchIsNothing() {
        assertThat(Credentials.parse("Basic " + "x".repeat(20_000))).isNull();
        StringBuilder many = new StringBuilder("Digest a=b");
        for (int i = 0; i < 100; i++) {
            many.append(",a").append(i).append("=b");
        }
        Credentials credentials = Credentials.parse(many.toString());
        assertThat(credentials).isNotNull();
        assertThat(credentials.parameters()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BASIC", "DIGEST"})
    void nothingIsEverThrown(String method) throws Exception {
        long seed = System.nanoTime();
        System.out.println("AuthorizationHeaderTest seed " + seed);
        Random random = new Random(seed);
        SecurityFixture fixture = new SecurityFixture(method);
        String[] pieces = {
            "Basic ",
            "Digest ",
            "username=",
            "realm=\"the \\\"realm\\\"\"",
            "nonce=",
            "uri=\"/app/any/x\"",
            "qop=auth",
            "nc=00000001",
            "cnonce=\"x\"",
            "response=",
            "algorithm=MD5",
            "\"",
            "\\",
            ",",
            " ",
            "=",
            "YTpi",
            "%",
            "\u00e4",
            ":"
        };
        for (int i = 0; i < 20_000; i++) {
            StringBuilder header = new StringBuilder();
            for (int j = random.nextInt(15); j > 0; j--) {
                header.append(pieces[random.nextInt(pieces.length)]);
            }
            Exchange exchange = fixture.exchange(
                    new Request("GET", "/any/x")
                            .header("Authorization", header.toString())
                            .from("client" + i),
                    null);
            assertThat(fixture.security.admit(exchange))
                    .as("seed %s: %s", seed, header)
                    .isFalse();
            assertThat(exchange.answer().status()).isEqualTo(401);
        }
    }
}
