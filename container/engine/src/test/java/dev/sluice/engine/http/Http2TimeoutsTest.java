package dev.sluice.engine.http;

import static dev.sluice.engine.testing.Http2Client.END_HEADERS;
import static dev.sluice.engine.testing.Http2Client.END_STREAM;
import static dev.sluice.engine.testing.Http2Client.GOAWAY;
import static dev.sluice.engine.testing.Http2Client.HEADERS;
import static dev.sluice.engine.testing.Http2Client.PING;
import static dev.sluice.engine.testing.Http2Client.PREFACE;
import static dev.sluice.engine.testing.Http2Client.RST_STREAM;
import static dev.sluice.engine.testing.Http2Client.SETTINGS;
import static dev.sluice.engine.testing.Http2Client.request;
import static dev.sluice.engine.testing.Http2Client.setting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.Http2Client;
import dev.sluice.engine.testing.Http2Client.Frame;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client of HTTP/2 that owes something has its time for it, at every stage. */
@Timeout(60)
class Http2TimeoutsTest {
    private static final int SETTINGS_TIMEOUT = 4;
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final HttpOptions.Builder options = HttpOptions.builder()
            .requestTimeout(LONG)
            .idleTimeout(LONG)
            .readTimeout(LONG)
            .writeTimeout(LONG);
    private TestEngine engine;

    private Http2Client silent() {
        TestApplication application = call -> {
            if (call.exchange().rawPath().equals("/large")) {
                call.exchange().responseBody().writeLast(ByteBuffer.allocate(30_000_000));
            } else {
                TestApplication.text(call, TestApplication.body(call.exchange()));
            }
        };
        engine = TestEngine.of(application, options.build());
        return Http2Client.silent(engine.address());
    }

    @AfterEach
    void nothingIsLeft() {
        await().until(() -> engine.listener().connections() == 0);
        assertThat(engine.listener().stats().evicted()).isPositive();
        engine.close();
    }

    private static byte[] preface() {
        return PREFACE.getBytes(StandardCharsets.US_ASCII);
    }

    private static void ends(Http2Client client) {
        Frame frame = client.next();
        while (frame != null) {
            frame = client.next();
        }
    }

    @Test
    void silence() {
        options.idleTimeout(SHORT);
        ends(silent());
    }

    @Test
    void halfAPreface() {
        options.requestTimeout(SHORT);
        ends(silent().raw(Arrays.copyOf(preface(), 10)));
    }

    @Test
    void mostOfAPreface() {
        options.requestTimeout(SHORT);
        ends(silent().raw(Arrays.copyOf(preface(), 20)));
    }

    @Test
    void settingsThatAreNotAcknowledged() {
        options.requestTimeout(SHORT);
        Http2Client client = silent().raw(preface()).send(SETTINGS, 0, 0);
        assertThat(client.next(GOAWAY).error()).isEqualTo(SETTINGS_TIMEOUT);
        ends(client);
    }

    private Http2Client begun() {
        return silent().raw(preface()).send(SETTINGS, 0, 0).send(SETTINGS, Http2Client.ACK, 0);
    }

    @Test
    void halfAFrame() {
        options.requestTimeout(SHORT);
        ends(begun().raw(new byte[] {0, 0, 8, PING, 0}));
    }

    @Test
    void halfAHeaderBlock() {
        options.requestTimeout(SHORT);
        ends(begun().send(HEADERS, END_STREAM, 1, request("GET", "/")));
    }

    @Test
    void noRequestAndPingsAreNone() {
        options.idleTimeout(Duration.ofSeconds(1));
        Http2Client client = begun();
        int answered = 0;
        Frame frame;
        do {
            client.send(PING, 0, 0, new byte[8]);
            frame = client.next(PING, GOAWAY);
            answered++;
            // A step of a second at most, so that the credit for PING is not used up.
            await().pollDelay(Duration.ofMillis(20)).until(() -> true);
        } while (frame != null && frame.type() == PING);
        assertThat(answered).isGreaterThan(1);
        if (frame != null) {
            assertThat(frame.error()).isZero();
        }
        ends(client);
    }

    @Test
    void aBodyThatStalls() {
        options.readTimeout(SHORT).idleTimeout(Duration.ofSeconds(2));
        Http2Client client = begun().send(HEADERS, END_HEADERS, 1, request("POST", "/"));
        Frame answer = client.next(HEADERS, RST_STREAM);
        assertThat(client.fields(answer)).containsEntry(":status", "408");
        ends(client);
    }

    @Test
    void aResponseThatNobodyTakes() {
        options.writeTimeout(SHORT);
        Http2Client client = silent().raw(preface())
                .send(SETTINGS, 0, 0, setting(4, Integer.MAX_VALUE))
                .send(SETTINGS, Http2Client.ACK, 0)
                .send(Http2Client.WINDOW_UPDATE, 0, 0, Http2Client.number(Integer.MAX_VALUE - 65_535))
                .get(1, "/large");
        await().until(() -> engine.listener().connections() == 0);
        ends(client);
    }

    @Test
    void aWindowThatStaysClosed() {
        options.writeTimeout(SHORT).idleTimeout(Duration.ofSeconds(1));
        Http2Client client = silent().raw(preface())
                .send(SETTINGS, 0, 0, setting(4, 0))
                .send(SETTINGS, Http2Client.ACK, 0)
                .get(1, "/large");
        assertThat(client.next(RST_STREAM).stream()).isEqualTo(1);
        ends(client);
    }
}
