package dev.sluice.engine.http;

import static dev.sluice.engine.testing.Http2Client.CONTINUATION;
import static dev.sluice.engine.testing.Http2Client.DATA;
import static dev.sluice.engine.testing.Http2Client.END_HEADERS;
import static dev.sluice.engine.testing.Http2Client.END_STREAM;
import static dev.sluice.engine.testing.Http2Client.GOAWAY;
import static dev.sluice.engine.testing.Http2Client.HEADERS;
import static dev.sluice.engine.testing.Http2Client.RST_STREAM;
import static dev.sluice.engine.testing.Http2Client.block;
import static dev.sluice.engine.testing.Http2Client.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.Http2Client;
import dev.sluice.engine.testing.Http2Client.Frame;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What HTTP/1.1 refuses in a head is refused in HTTP/2, too (RFC 9113, 8.2 and 8.3): on its stream, and the connection lives. */
@Timeout(60)
class Http2FieldRulesTest {
    private static final int PROTOCOL_ERROR = 1;
    private static final Queue<String> SERVED = new ConcurrentLinkedQueue<>();
    private static TestEngine engine;

    @BeforeAll
    static void start() {
        TestApplication application = call -> {
            HttpExchange exchange = call.exchange();
            SERVED.add(exchange.rawPath());
            String body = exchange.rawPath().equals("/served") ? "" : TestApplication.body(exchange);
            TestApplication.text(
                    call,
                    exchange.method() + " " + exchange.hostName() + " " + exchange.hostPort() + " "
                            + exchange.requestHeader("Cookie") + " " + body);
        };
        engine = TestEngine.of(
                application, HttpOptions.builder().maxHeadSize(32 * 1024).build());
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @AfterEach
    void forget() {
        await().until(() -> engine.gate().activeRequests().isEmpty()); // A stream that was reset may still be served.
        SERVED.clear();
    }

    private static String[] head(String... pairs) {
        return pairs;
    }

    private static String[] with(String... more) {
        String[] pseudo = {":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/bad"};
        String[] all = Arrays.copyOf(pseudo, pseudo.length + more.length);
        System.arraycopy(more, 0, all, pseudo.length, more.length);
        return all;
    }

    private static String[] pseudo(String method, String scheme, String authority, String path) {
        return head(":method", method, ":scheme", scheme, ":authority", authority, ":path", path);
    }

    static Stream<Arguments> malformed() {
        return Stream.concat(malformedFields(), malformedPseudoFields());
    }

    private static Stream<Arguments> malformedFields() {
        return Stream.of(
                Arguments.of("CR in a value", with("x", "a\rb")),
                Arguments.of("LF in a value", with("x", "a\nb")),
                Arguments.of("NUL in a value", with("x", "a\0b")),
                Arguments.of("a control character in a value", with("x", "a\u0001b")),
                Arguments.of("space before a value", with("x", " a")),
                Arguments.of("tab behind a value", with("x", "a\t")),
                Arguments.of("colon in a name", with("x:y", "a")),
                Arguments.of("space in a name", with("x y", "a")),
                Arguments.of("no name", with("", "a")),
                Arguments.of("CR LF in a name", with("x\r\ny: z", "a")),
                Arguments.of("upper case in a name", with("X-Name", "a")),
                Arguments.of("a name above ASCII", with("x\u00fc", "a")),
                Arguments.of("connection", with("connection", "close")),
                Arguments.of("keep-alive", with("keep-alive", "timeout=1")),
                Arguments.of("proxy-connection", with("proxy-connection", "close")),
                Arguments.of("transfer-encoding", with("transfer-encoding", "chunked")),
                Arguments.of("upgrade", with("upgrade", "websocket")),
                Arguments.of("te", with("te", "gzip")),
                Arguments.of("content-length -1", with("content-length", "-1")),
                Arguments.of("content-length +3", with("content-length", "+3")),
                Arguments.of("content-length twice", with("content-length", "0", "content-length", "0")),
                Arguments.of("content-length without DATA", with("content-length", "3")));
    }

    private static Stream<Arguments> malformedPseudoFields() {
        return Stream.of(
                Arguments.of(
                        "an unknown pseudo-field",
                        head(":method", "GET", ":scheme", "http", ":path", "/bad", ":authority", "a", ":x", "y")),
                Arguments.of(
                        "a pseudo-field of responses",
                        head(
                                ":method",
                                "GET",
                                ":scheme",
                                "http",
                                ":path",
                                "/bad",
                                ":authority",
                                "a",
                                ":status",
                                "200")),
                Arguments.of(
                        "a pseudo-field behind others",
                        head(":method", "GET", ":scheme", "http", ":authority", "a", "x", "y", ":path", "/bad")),
                Arguments.of("two methods", with(":method", "GET")),
                Arguments.of("two paths", with(":path", "/bad")),
                Arguments.of("two authorities", with(":authority", "a")),
                Arguments.of("two schemes", with(":scheme", "http")),
                Arguments.of("no method", head(":scheme", "http", ":authority", "a", ":path", "/bad")),
                Arguments.of("an empty method", pseudo("", "http", "a", "/bad")),
                Arguments.of("a method with a space", pseudo("GET /", "http", "a", "/bad")),
                Arguments.of("no scheme", head(":method", "GET", ":authority", "a", ":path", "/bad")),
                Arguments.of("another scheme", pseudo("GET", "javascript", "a", "/bad")),
                Arguments.of("no path", head(":method", "GET", ":scheme", "http", ":authority", "a")),
                Arguments.of("an empty path", pseudo("GET", "http", "a", "")),
                Arguments.of("a path without a slash", pseudo("GET", "http", "a", "bad")),
                Arguments.of("a whole URL as path", pseudo("GET", "http", "a", "http://a/bad")),
                Arguments.of("an asterisk as path of GET", pseudo("GET", "http", "a", "*")),
                Arguments.of("a space in the path", pseudo("GET", "http", "a", "/bad x")),
                Arguments.of("a number sign in the path", pseudo("GET", "http", "a", "/bad#x")),
                Arguments.of("a broken escape in the path", pseudo("GET", "http", "a", "/bad%2")),
                Arguments.of("no authority", head(":method", "GET", ":scheme", "http", ":path", "/bad")),
                Arguments.of("an empty authority", pseudo("GET", "http", "", "/bad")),
                Arguments.of("user information", pseudo("GET", "http", "u@a", "/bad")),
                Arguments.of("a path in the authority", pseudo("GET", "http", "a/b", "/bad")),
                Arguments.of("a bad port", pseudo("GET", "http", "a:65536", "/bad")),
                Arguments.of("a port that is none", pseudo("GET", "http", "a:x", "/bad")),
                Arguments.of("a Host that contradicts", with("host", "b")),
                Arguments.of("two Hosts", with("host", "a", "host", "a")),
                Arguments.of("CONNECT with a path", pseudo("CONNECT", "http", "a", "/bad")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void aMalformedRequestResetsItsStream(String what, String[] fields) {
        try (Http2Client client = Http2Client.connect(engine.address())) {
            client.send(HEADERS, END_HEADERS | END_STREAM, 1, block(fields));
            Frame reset = client.next(RST_STREAM, HEADERS, GOAWAY);
            assertThat(reset.type()).isEqualTo(RST_STREAM);
            assertThat(reset.stream()).isEqualTo(1);
            assertThat(reset.error()).isEqualTo(PROTOCOL_ERROR);
            client.get(3, "/served");
            assertThat(client.next(HEADERS, GOAWAY).stream()).isEqualTo(3);
            assertThat(SERVED).containsExactly("/served");
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("421", pseudo("GET", "https", "a", "/bad")),
                Arguments.of("417", with("expect", "miracles")),
                Arguments.of("501", head(":method", "CONNECT", ":authority", "a:80")),
                Arguments.of("414", pseudo("GET", "http", "a", "/" + "b".repeat(17_000))),
                Arguments.of("400", pseudo("GET", "http", "a", "/../bad")),
                Arguments.of("400", pseudo("GET", "http", "a", "/%00bad")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatIsWellFormedButRefusedIsAnswered(String status, String[] fields) {
        try (Http2Client client = Http2Client.connect(engine.address())) {
            byte[] block = block(fields);
            client.send(HEADERS, END_STREAM, 1, Arrays.copyOf(block, Math.min(block.length, 16_000)))
                    .send(
                            CONTINUATION,
                            END_HEADERS,
                            1,
                            Arrays.copyOfRange(block, Math.min(block.length, 16_000), block.length));
            Frame answer = client.next(RST_STREAM, HEADERS, GOAWAY);
            assertThat(answer.type()).isEqualTo(HEADERS);
            Map<String, String> answered = client.fields(answer);
            assertThat(answered).containsEntry(":status", status).containsKey("x-request-id");
            assertThat(client.lives()).isTrue();
            assertThat(SERVED).isEmpty();
        }
    }

    @Test
    void aHeadThatIsTooLargeEndsItsStreamOnly() {
        try (Http2Client client = Http2Client.connect(engine.address())) {
            client.send(HEADERS, END_HEADERS, 1, request("POST", "/open"));
            client.send(HEADERS, END_STREAM, 3, request("GET", "/large"));
            for (int i = 0; i < 10; i++) {
                client.send(CONTINUATION, i == 9 ? END_HEADERS : 0, 3, block("x" + i, "y".repeat(16_000)));
            }
            Frame answer = client.next(HEADERS, RST_STREAM, GOAWAY);
            assertThat(answer.stream()).isEqualTo(3);
            assertThat(client.fields(answer)).containsEntry(":status", "431");

            client.send(DATA, END_STREAM, 1, (byte) 'b');
            Frame other = client.next(HEADERS, RST_STREAM, GOAWAY);
            assertThat(other.stream()).isEqualTo(1);
            assertThat(client.fields(other)).containsEntry(":status", "200");
            assertThat(SERVED).containsExactly("/open");
        }
    }

    @Test
    void aRequestBeginsWithTheEndOfItsHeadOnly() {
        try (Http2Client client = Http2Client.connect(engine.address())) {
            client.send(HEADERS, END_STREAM, 1, request("GET", "/cookies", "cookie", "a=1"));
            // The block is open, so nothing can stand between; the refusal of another connection shows that time has
            // passed.
            try (Http2Client other = Http2Client.connect(engine.address())) {
                other.get(1, "/other");
                assertThat(other.next(HEADERS).stream()).isEqualTo(1);
            }
            assertThat(SERVED).containsExactly("/other");
            client.send(CONTINUATION, 0, 1, block("x", "y"));
            byte[] rest = block("cookie", "b=2");
            client.send(CONTINUATION, 0, 1, Arrays.copyOf(rest, 5));
            client.send(CONTINUATION, END_HEADERS, 1, Arrays.copyOfRange(rest, 5, rest.length));
            assertThat(client.fields(client.next(HEADERS))).containsEntry(":status", "200");
            assertThat(new String(client.next(DATA).payload(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("GET a 80 a=1; b=2 ");
        }
    }

    @Test
    void dataMustBeAsLongAsAnnounced() {
        for (List<Integer> lengths : List.of(List.of(2), List.of(4), List.of(2, 2))) {
            try (Http2Client client = Http2Client.connect(engine.address())) {
                client.send(HEADERS, END_HEADERS, 1, request("POST", "/length", "content-length", "3"));
                for (int i = 0; i < lengths.size(); i++) {
                    client.send(DATA, i == lengths.size() - 1 ? END_STREAM : 0, 1, new byte[lengths.get(i)]);
                }
                assertThat(client.next(RST_STREAM, HEADERS, GOAWAY))
                        .satisfies(frame -> assertThat(frame.type()).isEqualTo(RST_STREAM))
                        .satisfies(frame -> assertThat(frame.error()).isEqualTo(PROTOCOL_ERROR));
                assertThat(client.lives()).isTrue();
            }
        }
    }

    @Test
    void trailersFollowTheRules() {
        for (String[] wrong : List.of(
                head(":path", "/"),
                head("Upper", "x"),
                head("content-length", "1"),
                head("connection", "x"),
                head("host", "a"))) {
            try (Http2Client client = Http2Client.connect(engine.address())) {
                client.send(HEADERS, END_HEADERS, 1, request("POST", "/trailers"))
                        .send(DATA, 0, 1, (byte) 'b')
                        .send(HEADERS, END_HEADERS | END_STREAM, 1, block(wrong));
                Frame reset = client.next(RST_STREAM, HEADERS, GOAWAY);
                assertThat(reset.type()).as(wrong[0]).isEqualTo(RST_STREAM);
                assertThat(reset.error()).isEqualTo(PROTOCOL_ERROR);
                assertThat(client.lives()).isTrue();
            }
        }
    }
}
