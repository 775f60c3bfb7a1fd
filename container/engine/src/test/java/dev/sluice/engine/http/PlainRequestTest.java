package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.http.http1.HeadParser;
import dev.sluice.engine.http.http1.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request is answered by the loop alone only if nothing but its path and host has a say in the answer. */
class PlainRequestTest {
    private static boolean plain(String line, String fields) {
        HeadParser parser = HeadParser.ofRequests(new Limits(4096, 20, 1024));
        byte[] bytes = (line + "\r\nHost: a\r\n" + fields + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(parser.parse(ByteBuffer.wrap(bytes), 0, bytes.length)).isEqualTo(bytes.length);
        assertThat(parser.done()).as(line + fields).isTrue();
        return FixedLoop.plain(parser.head());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A: b\r\nA: c\r\n",
                "Connection: Keep-Alive\r\n",
                "X-Request-Id: 1\r\nReferer: x\r\nUser-Agent: y\r\n",
                "If: x\r\nIf-Else: y\r\nX-Forwarded: z\r\n",
            })
    void fieldsWithoutASay(String fields) {
        assertThat(plain("GET /a HTTP/1.1", fields)).isTrue();
        assertThat(plain("HEAD / HTTP/1.1", fields)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 0\r\n",
                "Transfer-Encoding: chunked\r\n",
                "Expect: 100-continue\r\n",
                "Upgrade: h2c\r\n",
                "Range: bytes=0-1\r\n",
                "If-Match: *\r\n",
                "IF-NONE-MATCH: *\r\n",
                "if-modified-since: x\r\n",
                "If-Unmodified-Since: x\r\n",
                "If-Range: x\r\n",
                "Forwarded: for=b\r\n",
                "X-Forwarded-For: b\r\n",
                "X-Forwarded-Host: b\r\n",
                "X-Forwarded-Port: 1\r\n",
                "X-Forwarded-Proto: https\r\n",
                "X-Forwarded-Prefix: /b\r\n",
                "Connection: close\r\n",
                "Connection: keep-alive, x\r\n",
                "Connection: keep-alive\r\nConnection: close\r\n",
                "X-Request-Id: 1\r\nX-Request-Id: 2\r\n",
            })
    void fieldsWithASay(String fields) {
        assertThat(plain("GET /a HTTP/1.1", fields)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a HTTP/1.0",
                "POST /a HTTP/1.1",
                "GETS /a HTTP/1.1",
                "get /a HTTP/1.1",
                "GET /a?b HTTP/1.1",
                "GET /a;b HTTP/1.1",
                "GET /%61 HTTP/1.1",
                "GET http://a/ HTTP/1.1",
                "OPTIONS * HTTP/1.1",
            })
    void linesThatAreNotPlain(String line) {
        assertThat(plain(line, "")).isFalse();
    }
}
