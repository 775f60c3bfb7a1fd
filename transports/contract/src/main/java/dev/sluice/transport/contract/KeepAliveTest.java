package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.contract.Wire.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests one after the other, pipelined, or byte by byte on one connection. RFC 9112, 9.3. */
@ExtendWith(TransportFixture.class)
public class KeepAliveTest {
    @Test
    void oneConnectionCarriesManyRequests(HttpUnderTest http) throws IOException {
        try (Wire wire = http.connect()) {
            for (int i = 0; i < 200; i++) {
                assertThat(wire.get("/hello").reply().body()).isEqualTo("hello");
            }
        }
        assertThat(http.requests()).isEqualTo(200);
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder(HttpUnderTest http) throws IOException {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            String body = "number " + i;
            all.append(
                    "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }
        try (Wire wire = http.connect()) {
            wire.send(all.toString());
            for (int i = 0; i < 50; i++) {
                assertThat(wire.reply().body()).isEqualTo("number " + i);
            }
        }
    }

    @Test
    void bytesMayArriveOneAtATime(HttpUnderTest http) throws IOException {
        byte[] request =
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
        try (Wire wire = http.connect()) {
            for (byte next : request) {
                wire.send(new byte[] {next});
            }
            assertThat(wire.reply().body()).isEqualTo("abcde");
        }
    }

    @Test
    void http10ClosesUnlessAskedToKeep(HttpUnderTest http) throws IOException {
        try (Wire wire = http.connect()) {
            assertThat(wire.send("GET /hello HTTP/1.0\r\n\r\n").reply().body()).isEqualTo("hello");
            assertThat(wire.closedByServer()).isTrue();
        }
        try (Wire wire = http.connect()) {
            Reply first = wire.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    .reply();
            assertThat(first.body()).isEqualTo("hello");
            assertThat(wire.send("GET /hello HTTP/1.0\r\n\r\n").reply().body()).isEqualTo("hello");
            assertThat(wire.closedByServer()).isTrue();
        }
    }

    @Test
    void connectionCloseIsHonoured(HttpUnderTest http) throws IOException {
        try (Wire wire = http.connect()) {
            Reply reply = wire.send("GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .reply();
            assertThat(reply.body()).isEqualTo("hello");
            assertThat(wire.closedByServer()).isTrue();
        }
    }

    @Test
    void headHasTheHeadersAndNoBody(HttpUnderTest http) throws IOException {
        try (Wire wire = http.connect()) {
            Reply head =
                    wire.send("HEAD /hello HTTP/1.1\r\nHost: localhost\r\n\r\n").reply(false);
            assertThat(head.headers()).containsEntry("content-length", "5");
            assertThat(wire.get("/hello").reply().body()).isEqualTo("hello");
        }
    }
}
