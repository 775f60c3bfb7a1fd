package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.http.HttpOptions;
import dev.sluice.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that are too large are refused with their status, clients that are too slow are evicted, and the connection is closed. */
@Tag("exact") // the engine writes a refusal in one go, into buffers that are empty on a real connection
@ExtendWith(TransportFixture.class)
public class LimitsTest {
    private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static HttpUnderTest http(Transport transport, UnaryOperator<HttpOptions.Builder> change) {
        return new HttpUnderTest(transport, change.apply(HttpOptions.builder()).build());
    }

    private static void refused(HttpUnderTest http, String request, int status) throws IOException {
        try (Wire wire = http.connect()) {
            try {
                wire.send(request + HIDDEN);
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(?i).*(reset|pipe).*"); // refused before everything was sent
            }
            assertThat(wire.reply().status()).isEqualTo(status);
            assertThat(wire.closedByServer()).isTrue();
        }
        assertThat(http.requests()).as("requests that reached a resource").isLessThanOrEqualTo(1);
    }

    @Test
    void aHeadThatIsTooLarge(Transport transport) throws IOException {
        try (HttpUnderTest http = http(transport, options -> options.maxHeadSize(4096))) {
            refused(http, "GET /hello HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(8000) + "\r\n\r\n", 431);
        }
    }

    @Test
    void tooManyFields(Transport transport) throws IOException {
        try (HttpUnderTest http = http(transport, options -> options.maxHeaderCount(20))) {
            refused(http, "GET /hello HTTP/1.1\r\nHost: localhost\r\n" + "X: y\r\n".repeat(30) + "\r\n", 431);
        }
    }

    @Test
    void aTargetThatIsTooLong(Transport transport) throws IOException {
        try (HttpUnderTest http = http(transport, options -> options.maxTargetLength(1000))) {
            refused(http, "GET /" + "x".repeat(2000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414);
        }
    }

    @Test
    void aBodyThatIsTooLarge(Transport transport) throws IOException {
        int size = Resources.SMALL_BODY + 1;
        try (HttpUnderTest http = http(transport, options -> options)) {
            refused(
                    http,
                    "POST /small HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + size + "\r\n\r\n"
                            + "x".repeat(size),
                    413);
            try (Wire wire = http.connect()) {
                wire.send("POST /small HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(size) + "\r\n" + "x".repeat(size) + "\r\n0\r\n\r\n" + HIDDEN);
                assertThat(wire.reply().status()).isEqualTo(413);
                assertThat(wire.closedByServer()).isTrue();
            }
        }
    }

    @Test
    void aHeadThatDoesNotEnd(Transport transport) throws IOException {
        try (HttpUnderTest http = http(transport, options -> options.requestTimeout(Duration.ofMillis(300)));
                Wire wire = http.connect()) {
            wire.send("GET /hello HTTP/1.1\r\nHost: local");
            assertThat(wire.reply().status()).isEqualTo(408);
            assertThat(wire.closedByServer()).isTrue();
        }
    }

    @Test
    void anIdleConnection(Transport transport) throws IOException {
        try (HttpUnderTest http = http(transport, options -> options.idleTimeout(Duration.ofSeconds(1)));
                Wire used = http.connect();
                Wire silent = http.connect()) {
            assertThat(used.get("/hello").reply().body()).isEqualTo("hello");
            assertThat(used.closedByServer()).isTrue();
            assertThat(silent.closedByServer()).isTrue();
        }
    }
}
