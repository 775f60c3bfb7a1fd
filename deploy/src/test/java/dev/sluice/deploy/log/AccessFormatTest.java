package dev.sluice.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.http.Answerer;
import dev.sluice.engine.observe.CompletedRequest;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessFormatTest {
    private static CompletedRequest request(String target, @Nullable String user, @Nullable String agent) {
        return new CompletedRequest(
                "shop",
                "2",
                "GET",
                target,
                "HTTP/1.1",
                200,
                5,
                0,
                1_234_567,
                Instant.parse("2026-01-02T03:04:05Z").toEpochMilli(),
                "r-1",
                new InetSocketAddress("127.0.0.1", 4711),
                user,
                Answerer.APPLICATION,
                "loop",
                "localhost",
                null,
                agent,
                null);
    }

    private static String line(String format, CompletedRequest request) {
        return AccessFormat.of(format, ZoneOffset.UTC).apply(request);
    }

    @Test
    void common() {
        assertThat(line("common", request("/shop/?a=b", null, null)))
                .isEqualTo("127.0.0.1 - - [02/Jan/2026:03:04:05 +0000] \"GET /shop/?a=b HTTP/1.1\" 200 5");
    }

    @Test
    void combined() {
        assertThat(line("combined", request("/", "ada", "curl/8")))
                .isEqualTo("127.0.0.1 - ada [02/Jan/2026:03:04:05 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"curl/8\"");
    }

    @Test
    void json() {
        assertThat(line("json", request("/", null, "curl/8")))
                .isEqualTo("{\"time\":\"2026-01-02T03:04:05Z\",\"requestId\":\"r-1\",\"remote\":\"127.0.0.1\","
                        + "\"host\":\"localhost\",\"method\":\"GET\",\"target\":\"/\",\"protocol\":\"HTTP/1.1\","
                        + "\"status\":200,\"bytesSent\":5,\"bytesReceived\":0,\"durationMillis\":1.234,"
                        + "\"application\":\"shop\",\"version\":\"2\",\"lane\":\"loop\",\"answerer\":\"application\","
                        + "\"userAgent\":\"curl/8\"}");
    }

    @Test
    void whatClientsSendCannotEndAFieldOrLine() {
        assertThat(line("combined", request("/\"\n\u00e9", "a b", "x\" 200 \\")))
                .isEqualTo(
                        "127.0.0.1 - a\\u0020b [02/Jan/2026:03:04:05 +0000] \"GET /\\\"\\u000a\\u00e9 HTTP/1.1\" 200 5"
                                + " \"-\" \"x\\\" 200 \\\\\"");
    }
}
