package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.http.grammar.HostNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The quick look at a head takes nothing that the scanner in front of the parser would refuse, and ends where that ends. */
class FixedHeadTest {
    private static final HttpOptions OPTIONS = HttpOptions.builder()
            .maxHeadSize(256)
            .maxHeaderCount(6)
            .maxTargetLength(40)
            .build();
    private static final List<String> PIECES = List.of(
            "GET ",
            "HEAD ",
            "POST ",
            "/a",
            "/",
            " HTTP/1.1\r\n",
            " HTTP/1.0\r\n",
            "Host: a\r\n",
            "host:b:80\r\n",
            "Host: [::1]\r\n",
            "Content-Length: 1\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Expect: x\r\n",
            "Upgrade: h2c\r\n",
            "A: b\r\n",
            "A:\r\n",
            " folded\r\n",
            "Connection: Keep-Alive\r\n",
            "Connection: x\r\n",
            "\r\n",
            "\n",
            "\r",
            "\u0000",
            "\u00ff",
            "%41",
            "?q",
            "X-Request-Id: 1\r\n",
            "C: " + "d".repeat(60) + "\r\n");

    private final FixedHead head = new FixedHead(OPTIONS);

    private int end(byte[] bytes) {
        int fields = head.requestLine(bytes, 0, bytes.length);
        return fields < 0 ? -1 : head.fields(bytes, 0, fields, bytes.length);
    }

    private static byte[] random(Random random) {
        StringBuilder text = new StringBuilder("GET /a HTTP/1.1\r\n");
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        if (random.nextInt(3) > 0) {
            text.append("Host: a\r\n\r\n");
        }
        if (random.nextInt(4) == 0) {
            text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
        }
        if (random.nextInt(4) == 0) {
            text.deleteCharAt(random.nextInt(text.length()));
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void agreesWithTheScanner() {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = random(random);
            int end = end(bytes);
            if (end < 0) {
                continue;
            }
            taken++;
            String host = String.valueOf(head.host.text(bytes));
            boolean plainHost = host.isEmpty() || HostNames.isAuthority(host);
            FramingScanner scanner = new FramingScanner(OPTIONS);
            int fine = scanner.scan(ByteBuffer.wrap(bytes), 0, end);
            assertThat(scanner.violation() == null && fine == end && scanner.atStart())
                    .as("seed %d, %s", seed, new String(bytes, StandardCharsets.ISO_8859_1))
                    .isEqualTo(plainHost);
        }
        assertThat(taken).as("seed %d", seed).isGreaterThan(1_000);
    }

    @Test
    void takesNoHeadThatIsCut() {
        byte[] whole = "GET /a HTTP/1.1\r\nHost: a\r\nUser-Agent: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(end(whole)).isEqualTo(whole.length);
        for (int length = 0; length < whole.length; length++) {
            assertThat(end(java.util.Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isNegative();
        }
    }
}
