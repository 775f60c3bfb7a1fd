package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Heads and bodies that two parsers could understand differently are refused with 400, the connection is closed, and what follows is never
 * taken for a request. RFC 9112, 2.2, 5.1, 6.3 and 11.2.
 */
@Tag("exact") // the engine writes a refusal in one go, into buffers that are empty on a real connection
@ExtendWith(TransportFixture.class)
public class StrictParserTest {
    private static final String HOST = "Host: localhost\r\n";
    private static final String CHUNKED = "POST /echo HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String HIDDEN = "GET /hidden HTTP/1.1\r\n" + HOST + "\r\n";

    static Stream<String> names() {
        return CASES.keySet().stream();
    }

    private static final Map<String, String> CASES = new LinkedHashMap<>();

    private static void post(String name, String headers, String body) {
        CASES.put(name, "POST /echo HTTP/1.1\r\n" + HOST + headers + "\r\n" + body);
    }

    private static void get(String name, String head) {
        CASES.put(name, head);
    }

    private static void chunks(String name, String body) {
        CASES.put(name, CHUNKED + body);
    }

    static {
        lengths();
        heads();
        chunkedBodies();
        targetsAndHosts();
    }

    private static void lengths() {
        post(
                "Content-Length with Transfer-Encoding",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "0\r\n\r\n");
        post(
                "Transfer-Encoding with Content-Length",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "0\r\n\r\n");
        post("two different lengths", "Content-Length: 5\r\nContent-Length: 6\r\n", "hello!");
        post("two equal lengths", "Content-Length: 5\r\nContent-Length: 5\r\n", "hello");
        post("a list of lengths", "Content-Length: 5, 5\r\n", "hello");
        post("a length with a plus", "Content-Length: +5\r\n", "hello");
        post("a negative length", "Content-Length: -5\r\n", "hello");
        post("a hexadecimal length", "Content-Length: 0x5\r\n", "hello");
        post("an empty length", "Content-Length: \r\n", "");
        post("a length beyond 64 bits", "Content-Length: 99999999999999999999\r\n", "hello");
        post("an unknown transfer coding", "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n");
        post("chunked not last", "Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n");
        post("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n");
        post("a transfer coding with a vertical tab", "Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n");
        get(
                "Transfer-Encoding in HTTP/1.0",
                "POST /echo HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    }

    private static void heads() {
        get("bare line feeds", "GET /hello HTTP/1.1\nHost: localhost\n\n");
        get("one bare line feed between fields", "GET /hello HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n");
        get("a bare carriage return in a value", "GET /hello HTTP/1.1\r\n" + HOST + "X: a\rb\r\n\r\n");
        get("a folded field", "GET /hello HTTP/1.1\r\n" + HOST + "X: a\r\n b\r\n\r\n");
        get("a space before the first field", "GET /hello HTTP/1.1\r\n Host: localhost\r\n\r\n");
        get("a space before the colon", "POST /echo HTTP/1.1\r\n" + HOST + "Content-Length : 5\r\n\r\nhello");
        get("a tab before the colon", "GET /hello HTTP/1.1\r\n" + HOST + "X\t: y\r\n\r\n");
        get("an empty field name", "GET /hello HTTP/1.1\r\n" + HOST + ": y\r\n\r\n");
        get("a field without a colon", "GET /hello HTTP/1.1\r\n" + HOST + "nonsense\r\n\r\n");
        get("a field name with a bracket", "GET /hello HTTP/1.1\r\n" + HOST + "X(y: z\r\n\r\n");
        get("NUL in a value", "GET /hello HTTP/1.1\r\n" + HOST + "X: a\u0000b\r\n\r\n");
        get("NUL in a name", "GET /hello HTTP/1.1\r\n" + HOST + "X\u0000: b\r\n\r\n");
        get("NUL in the target", "GET /a\u0000b HTTP/1.1\r\n" + HOST + "\r\n");
        get("a control character in the target", "GET /a\u0001b HTTP/1.1\r\n" + HOST + "\r\n");
        get("HTTP/0.9", "GET /hello\r\n");
        get("HTTP/0.9 with HEAD", "HEAD /hello\r\n");
        get("an unknown version", "GET /hello HTTP/3.7\r\n" + HOST + "\r\n");
        get("a lower-case version", "GET /hello http/1.1\r\n" + HOST + "\r\n");
        get("two spaces in the request line", "GET  /hello HTTP/1.1\r\n" + HOST + "\r\n");
        get("a method that is no token", "GE(T /hello HTTP/1.1\r\n" + HOST + "\r\n");
        get("an expectation that nobody knows", "GET /hello HTTP/1.1\r\n" + HOST + "Expect: miracles\r\n\r\n");
    }

    private static void chunkedBodies() {
        chunks("a chunk size with a plus", "+3\r\nabc\r\n0\r\n\r\n");
        chunks("a negative chunk size", "-3\r\nabc\r\n0\r\n\r\n");
        chunks("a chunk size with a prefix", "0x3\r\nabc\r\n0\r\n\r\n");
        chunks("no chunk size", "\r\nabc\r\n0\r\n\r\n");
        chunks("a chunk size beyond 64 bits", "fffffffffffffffff3\r\nabc\r\n0\r\n\r\n");
        chunks("a bare line feed behind a chunk size", "3\nabc\r\n0\r\n\r\n");
        chunks("garbage behind a chunk size", "3 garbage\r\nabc\r\n0\r\n\r\n");
        chunks("a line feed in a chunk extension", "3;a=b\nc\r\nabc\r\n0\r\n\r\n");
        chunks("a chunk longer than its size", "3\r\nabcdef\r\n0\r\n\r\n");
        chunks("a bare line feed behind a chunk", "3\r\nabc\n0\r\n\r\n");
        chunks("a trailer without a colon", "3\r\nabc\r\n0\r\nnonsense\r\n\r\n");
        chunks(
                "oversize trailers",
                "3\r\nabc\r\n0\r\n" + "X: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n".repeat(10_000) + "\r\n");
    }

    private static void targetsAndHosts() {
        get("no Host", "GET /hello HTTP/1.1\r\n\r\n");
        get("two Hosts", "GET /hello HTTP/1.1\r\n" + HOST + "Host: other\r\n\r\n");
        get("a Host with a path", "GET /hello HTTP/1.1\r\nHost: local/host\r\n\r\n");
        get("a Host with a space", "GET /hello HTTP/1.1\r\nHost: local host\r\n\r\n");
        get("a Host with a user", "GET /hello HTTP/1.1\r\nHost: user@localhost\r\n\r\n");
        get("a Host with a bad port", "GET /hello HTTP/1.1\r\nHost: localhost:http\r\n\r\n");
        get("an absolute target of another host", "GET http://elsewhere/hello HTTP/1.1\r\n" + HOST + "\r\n");
        get("encoded NUL", "GET /a%00b HTTP/1.1\r\n" + HOST + "\r\n");
        get("an encoded slash", "GET /a%2fb HTTP/1.1\r\n" + HOST + "\r\n");
        get("a backslash", "GET /a\\b HTTP/1.1\r\n" + HOST + "\r\n");
        get("a broken escape", "GET /a%zz HTTP/1.1\r\n" + HOST + "\r\n");
        get("above the root", "GET /../etc/passwd HTTP/1.1\r\n" + HOST + "\r\n");
        get("above the root, encoded", "GET /%2e%2e/etc/passwd HTTP/1.1\r\n" + HOST + "\r\n");
        get("above the root behind a parameter", "GET /..;x/etc/passwd HTTP/1.1\r\n" + HOST + "\r\n");
        get("a fragment", "GET /hello#part HTTP/1.1\r\n" + HOST + "\r\n");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void isRefusedAndTheConnectionCloses(String name, HttpUnderTest http) throws IOException {
        try (Wire wire = http.connect()) {
            sendAsFarAsPossible(wire, CASES.get(name) + HIDDEN);
            Wire.Reply reply = wire.reply();
            assertThat(reply.status()).as(reply.line()).isIn(expected(name));
            assertThat(wire.closedByServer()).as("the connection is closed").isTrue();
        }
    }

    /** A more specific status than 400 where there is one. */
    private static Integer[] expected(String name) {
        return switch (name) {
            case "an expectation that nobody knows" -> new Integer[] {417};
            case "a chunk size beyond 64 bits" -> new Integer[] {413};
            case "an unknown version" -> new Integer[] {400, 505};
            case "oversize trailers" -> new Integer[] {400, 431};
            case "an unknown transfer coding" -> new Integer[] {400, 501};
            default -> new Integer[] {400};
        };
    }

    private static void sendAsFarAsPossible(Wire wire, String text) {
        try {
            wire.send(text);
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?i).*(reset|pipe).*"); // refused before everything was sent
        }
    }
}
