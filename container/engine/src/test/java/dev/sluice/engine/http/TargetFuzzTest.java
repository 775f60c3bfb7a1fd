package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.http.grammar.HostNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random targets and hosts, compared with {@link URI}: where we accept one, it must mean the same to others, and nothing
 * that climbs, hides or ends a path survives. After CVE-2025-12543, CVE-2024-1459, CVE-2025-11143 and CVE-2024-6763.
 */
class TargetFuzzTest {
    private static final int ROUNDS = 200_000;
    private static final String[] PATH = {
        "a",
        "b",
        "dir",
        ".",
        "..",
        "...",
        "",
        "%2e",
        "%2E%2e",
        ".%2e",
        "%2f",
        "%5c",
        "\\",
        "%00",
        "\u0000",
        "\t",
        ";x",
        ";x=1",
        "..;x",
        ".;",
        ";",
        "%25",
        "%252e%252e",
        "%252f",
        "\u00c3\u00bc",
        "%c3%bc",
        "%ff",
        "%c0%ae",
        "%zz",
        "%",
        "%2",
        "a%20b",
        "+",
        "#",
        "?",
        "~",
        "@",
        ":",
        "a=b&c",
        "WEB-INF",
        "%0d%0a",
        "%7f",
        "/",
        "//",
        "/../",
        "/./",
    };
    private static final String[] HOST = {
        "localhost",
        "127.0.0.1",
        "1.2.3",
        "[::1]",
        "[::1",
        "::1]",
        "[v1.a]",
        "[::ffff:1.2.3.4]",
        "[fe80::1%25eth0]",
        "a_b",
        "ex-ample.com",
        "a..b",
        ".",
        "-",
        "xn--p1ai",
        ":80",
        ":0",
        ":65535",
        ":65536",
        ":080",
        ":",
        "@",
        "user@",
        "/",
        "\\",
        "#",
        "?",
        " ",
        "%41",
        "%",
        ",",
        ";",
        "\u00e9",
        "\u0000",
        "\t",
        "*",
        "http://",
    };

    @Test
    void aPathMeansWhatItMeansToOthers() {
        Random random = seeded();
        int accepted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String raw = path(random);
            String decoded = decoded(raw);
            if (decoded == null) {
                continue;
            }
            accepted++;
            assertThat(decoded).as(raw).startsWith("/").doesNotContain("//", "\\");
            assertThat(decoded.chars().noneMatch(c -> c < 0x20 || c == 0x7f))
                    .as(raw)
                    .isTrue();
            assertThat(decoded + "/").as(raw).doesNotContain("/../", "/./");
            assertThat(decoded).as(raw).isEqualTo(reference(raw));
        }
        assertThat(accepted).as("paths that were accepted").isGreaterThan(ROUNDS / 50);
    }

    @Test
    void aHostMeansWhatItMeansToOthers() throws URISyntaxException {
        Random random = seeded();
        int accepted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder();
            for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
                text.append(HOST[random.nextInt(HOST.length)]);
            }
            String host = text.toString();
            if (!HostNames.isAuthority(host)) {
                continue;
            }
            accepted++;
            URI uri = new URI("http://" + host + "/");
            assertThat(uri.getRawAuthority()).as(host).isEqualTo(host);
            assertThat(uri.getRawUserInfo()).as(host).isNull();
            assertThat(uri.getRawPath()).as(host).isEqualTo("/");
            if (uri.getHost() != null) {
                String port = uri.getPort() < 0 ? "" : host.substring(host.lastIndexOf(':'));
                assertThat(uri.getHost() + port).isEqualTo(host);
            }
        }
        assertThat(accepted).as("hosts that were accepted").isGreaterThan(ROUNDS / 50);
    }

    private static Random seeded() {
        long seed = System.nanoTime();
        System.out.println("TargetFuzzTest seed " + seed);
        return new Random(seed);
    }

    private static String path(Random random) {
        StringBuilder raw = new StringBuilder();
        for (int parts = 1 + random.nextInt(5); parts > 0; parts--) {
            raw.append(random.nextInt(8) == 0 ? "" : "/").append(PATH[random.nextInt(PATH.length)]);
        }
        return raw.toString();
    }

    /** Ours; null if it is refused. */
    private static @Nullable String decoded(String raw) {
        try {
            return RequestPath.parse(raw).decoded();
        } catch (BadRequestException refused) {
            return null;
        }
    }

    /** Without path parameters, which are the Servlet specification's and not the URI's. */
    private static String reference(String raw) {
        StringBuilder ascii = new StringBuilder();
        for (byte b : raw.replaceAll(";[^/]*", "").getBytes(StandardCharsets.ISO_8859_1)) {
            ascii.append(b < 0 ? String.format("%%%02X", b) : String.valueOf((char) b));
        }
        return URI.create("http://host" + ascii).normalize().getPath();
    }
}
