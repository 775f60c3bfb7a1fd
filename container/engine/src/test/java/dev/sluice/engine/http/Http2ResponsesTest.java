package dev.sluice.engine.http;

import static dev.sluice.engine.testing.Http2Client.DATA;
import static dev.sluice.engine.testing.Http2Client.END_HEADERS;
import static dev.sluice.engine.testing.Http2Client.END_STREAM;
import static dev.sluice.engine.testing.Http2Client.HEADERS;
import static dev.sluice.engine.testing.Http2Client.PUSH_PROMISE;
import static dev.sluice.engine.testing.Http2Client.RST_STREAM;
import static dev.sluice.engine.testing.Http2Client.block;
import static dev.sluice.engine.testing.Http2Client.request;
import static dev.sluice.engine.testing.Http2Client.setting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.Http2Client;
import dev.sluice.engine.testing.Http2Client.Frame;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses as HTTP/2 carries them. */
@Timeout(60)
class Http2ResponsesTest {
    private static final int INTERNAL_ERROR = 2;

    private static String text(Frame data) {
        return new String(data.payload(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 205, 304})
    void someStatusesNeverCarryData(int status) {
        TestApplication application = call -> {
            call.exchange().status(status);
            TestApplication.text(call, "a body that has no place");
        };
        try (TestEngine engine = TestEngine.of(application);
                Http2Client client = Http2Client.connect(engine.address())) {
            client.get(1, "/").get(3, "/");
            for (int stream = 1; stream <= 3; stream += 2) {
                Frame head = client.next(HEADERS, DATA, RST_STREAM);
                assertThat(head.type()).isEqualTo(HEADERS);
                assertThat(client.fields(head)).containsEntry(":status", Integer.toString(status));
                Frame end = head.last() ? head : client.next(HEADERS, DATA, RST_STREAM);
                assertThat(end.last()).isTrue();
                assertThat(end == head ? new byte[0] : end.payload()).isEmpty();
            }
        }
    }

    /** Applications that take back what a client has sent may set hundreds of cookies. */
    @Test
    void manyFieldsOfOneName() {
        TestApplication application = call -> {
            for (int i = 0; i < 300; i++) {
                call.exchange().responseHeaders().add("Set-Cookie", "c" + i + "=; Max-Age=0");
            }
            TestApplication.text(call, "x");
        };
        try (TestEngine engine = TestEngine.of(application);
                Http2Client client = Http2Client.connect(engine.address())) {
            client.get(1, "/");
            Frame head = client.next(HEADERS, DATA, RST_STREAM);
            assertThat(client.fields(head)).containsEntry(":status", "200").containsKey("set-cookie");
            assertThat(text(client.next(DATA, RST_STREAM))).isEqualTo("x");
        }
    }

    @Test
    void headNeverCarriesData() {
        try (TestEngine engine = TestEngine.of((TestApplication) call -> TestApplication.text(call, "four"));
                Http2Client client = Http2Client.connect(engine.address())) {
            client.send(HEADERS, END_HEADERS | END_STREAM, 1, request("HEAD", "/"));
            Frame head = client.next(HEADERS);
            assertThat(client.fields(head)).containsEntry(":status", "200").containsEntry("content-length", "4");
            Frame end = head.last() ? head : client.next(HEADERS, DATA);
            assertThat(end == head ? new byte[0] : end.payload()).isEmpty();
            assertThat(client.lives()).isTrue();
        }
    }

    @Test
    void aResponseThatBreaksOffDoesNotLookComplete() {
        TestApplication application = call -> {
            call.exchange().responseBody().write(ByteBuffer.wrap(new byte[100]));
            throw new IllegalStateException("asked to fail in the middle");
        };
        try (TestEngine engine = TestEngine.of(application);
                Http2Client client = Http2Client.connect(engine.address())) {
            client.get(1, "/");
            Frame frame = client.next(HEADERS, DATA, RST_STREAM);
            while (frame.type() != RST_STREAM) {
                assertThat(frame.last()).isFalse();
                frame = client.next(HEADERS, DATA, RST_STREAM);
            }
            assertThat(frame.error()).isEqualTo(INTERNAL_ERROR);
            assertThat(client.lives()).isTrue();
            await().until(() -> engine.gate().stats().inFlight() == 0);
        }
    }

    @Test
    void aBodyShorterThanAnnouncedDoesNotLookComplete() {
        TestApplication application = call -> {
            call.exchange().responseHeaders().set("Content-Length", "10");
            call.exchange().responseBody().write(ByteBuffer.wrap(new byte[3]));
            call.exchange().end();
        };
        try (TestEngine engine = TestEngine.of(application);
                Http2Client client = Http2Client.connect(engine.address())) {
            client.get(1, "/");
            assertThat(client.next(RST_STREAM).error()).isEqualTo(INTERNAL_ERROR);
        }
    }

    /** Cut to a byte, these two would be CR and LF. */
    @Test
    void charactersWithoutAByteAreReplacedOnBothProtocols() {
        TestApplication application = call -> {
            call.exchange().responseHeaders().set("X-Name", "a\u560d\u560ab\u20ac\u00fc");
            call.exchange().responseTrailers(() -> new Headers().add("X-Last", "\u560a\u0122"));
            call.exchange().responseBody().write(ByteBuffer.wrap(new byte[1]));
            call.exchange().end();
        };
        try (TestEngine engine = TestEngine.of(application);
                Http2Client client = Http2Client.connect(engine.address())) {
            client.get(1, "/");
            assertThat(client.fields(client.next(HEADERS))).containsEntry("x-name", "a??b?\u00fc");
            assertThat(client.fields(client.next(HEADERS))).containsEntry("x-last", "??");

            RawResponse other = engine.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(other.header("X-Name")).contains("a??b?\u00fc");
        }
    }

    @Test
    void trailersGoBothWays() {
        TestApplication application = call -> {
            TestApplication.body(call.exchange());
            String sent = call.exchange().requestTrailers().first("x-check");
            call.exchange().responseTrailers(() -> new Headers().add("X-Answer", "to " + sent));
            TestApplication.text(call, "body");
        };
        try (TestEngine engine = TestEngine.of(application);
                Http2Client client = Http2Client.connect(engine.address())) {
            client.send(HEADERS, END_HEADERS, 1, request("POST", "/"))
                    .send(DATA, 0, 1, (byte) 'b')
                    .send(HEADERS, END_HEADERS | END_STREAM, 1, block("x-check", "sum"));
            client.fields(client.next(HEADERS));
            assertThat(text(client.next(DATA))).isEqualTo("body");
            Frame trailers = client.next(HEADERS);
            assertThat(trailers.last()).isTrue();
            assertThat(client.fields(trailers)).containsEntry("x-answer", "to sum");
        }
    }

    @Test
    void trailersThatCannotBeHadResetTheStream() {
        TestApplication application = call -> {
            call.exchange().responseTrailers(() -> {
                throw new IllegalStateException("asked to have no trailers");
            });
            TestApplication.text(call, "body");
        };
        try (TestEngine engine = TestEngine.of(application);
                Http2Client client = Http2Client.connect(engine.address())) {
            client.get(1, "/");
            assertThat(client.next(RST_STREAM).error()).isEqualTo(INTERNAL_ERROR);
            await().until(() -> engine.gate().stats().inFlight() == 0);
        }
    }

    @Test
    void informationComesFirst() {
        TestApplication application = call -> {
            call.exchange().earlyHints(new Headers().add("Link", "</style.css>"));
            TestApplication.text(call, TestApplication.body(call.exchange()));
        };
        try (TestEngine engine = TestEngine.of(application);
                Http2Client client = Http2Client.connect(engine.address())) {
            client.send(HEADERS, END_HEADERS, 1, request("POST", "/", "expect", "100-continue"));
            Map<String, String> hints = client.fields(client.next(HEADERS));
            assertThat(hints).containsEntry(":status", "103").containsEntry("link", "</style.css>");
            assertThat(client.fields(client.next(HEADERS))).containsEntry(":status", "100");
            client.send(DATA, END_STREAM, 1, (byte) 'b');
            assertThat(client.fields(client.next(HEADERS))).containsEntry(":status", "200");
            assertThat(text(client.next(DATA))).isEqualTo("b");
        }
    }

    @Test
    void informationNeverFollowsTheResponse() {
        TestApplication application = call -> {
            call.exchange().responseBody().write(ByteBuffer.wrap(new byte[1]));
            TestApplication.body(call.exchange());
            call.exchange().end();
        };
        try (TestEngine engine = TestEngine.of(application);
                Http2Client client = Http2Client.connect(engine.address())) {
            client.send(HEADERS, END_HEADERS, 1, request("POST", "/", "expect", "100-continue"));
            assertThat(client.fields(client.next(HEADERS))).containsEntry(":status", "200");
            client.send(DATA, END_STREAM, 1, (byte) 'b');
            Frame frame = client.next(HEADERS, DATA);
            while (!frame.last()) {
                assertThat(frame.type()).isEqualTo(DATA);
                frame = client.next(HEADERS, DATA);
            }
        }
    }

    @Test
    void theRestOfARequestIsNotNeededAfterItsResponse() {
        TestApplication application = call -> TestApplication.text(call, "enough");
        try (TestEngine engine = TestEngine.of(application);
                Http2Client client = Http2Client.connect(engine.address())) {
            client.send(HEADERS, END_HEADERS, 1, request("POST", "/"));
            assertThat(client.next(DATA).last()).isTrue();
            assertThat(client.next(RST_STREAM).error()).isZero();
            client.send(DATA, END_STREAM, 1, new byte[1_000]); // was on its way
            assertThat(client.lives()).isTrue();
        }
    }

    @Test
    void pushesWhatTheClientTakes() {
        TestApplication application = call -> {
            HttpExchange exchange = call.exchange();
            boolean pushed = exchange.rawPath().equals("/page") && exchange.push("GET", "/style", new Headers());
            TestApplication.text(call, exchange.rawPath() + " " + pushed);
        };
        try (TestEngine engine = TestEngine.of(application)) {
            try (Http2Client client = Http2Client.connect(engine.address())) {
                client.get(1, "/page");
                Frame promise = client.next(PUSH_PROMISE, HEADERS);
                assertThat(promise.type()).isEqualTo(PUSH_PROMISE);
                assertThat(promise.stream()).isEqualTo(1);
                assertThat(ByteBuffer.wrap(promise.payload()).getInt()).isEqualTo(2);
                assertThat(java.util.List.of(text(client.next(DATA)), text(client.next(DATA))))
                        .containsExactlyInAnyOrder("/page true", "/style false");
            }
            try (Http2Client client = Http2Client.connect(engine.address(), setting(2, 0))) {
                client.get(1, "/page");
                assertThat(text(client.next(DATA, PUSH_PROMISE))).isEqualTo("/page false");
            }
        }
    }

    @Test
    void theLastRequestOfAConnectionEndsIt() {
        TestApplication application = call -> TestApplication.text(call, "done");
        HttpOptions options = HttpOptions.builder().maxRequests(2).build();
        try (TestEngine engine = TestEngine.of(application, options);
                Http2Client client = Http2Client.connect(engine.address())) {
            client.get(1, "/").get(3, "/").get(5, "/");
            Frame goAway = client.next(Http2Client.GOAWAY);
            assertThat(goAway.error()).isZero();
            assertThat(ByteBuffer.wrap(goAway.payload()).getInt()).isEqualTo(3);
            assertThat(client.next(RST_STREAM, HEADERS).type()).isEqualTo(RST_STREAM);
        }
    }
}
