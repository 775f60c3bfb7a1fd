package dev.sluice.engine.testing;

import static dev.sluice.engine.testing.Http2Client.END_HEADERS;
import static dev.sluice.engine.testing.Http2Client.END_STREAM;
import static dev.sluice.engine.testing.Http2Client.HEADERS;
import static dev.sluice.engine.testing.Http2Client.block;
import static dev.sluice.engine.testing.Http2Client.number;
import static dev.sluice.engine.testing.Http2Client.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Clients that do what a client can do wrong, for an application with {@code /read}, which reads the body of a POST, {@code /write}, which writes
 * a megabyte, and {@code /cookies}, which looks at the cookies.
 */
public final class BadClients {
    private static final int ROUNDS = 20;

    private final TestEngine engine;
    private final String context;

    private BadClients(TestEngine engine, String context) {
        this.engine = engine;
        this.context = context;
    }

    /** Lets them come and go, and waits until nothing of them is left. */
    public static void comeAndGo(TestEngine engine, String context) {
        BadClients clients = new BadClients(engine, context);
        for (int round = 0; round < ROUNDS; round++) {
            clients.vanishingReaders();
            clients.vanishingWriters();
            clients.badTrailers();
            clients.cutOffBodies();
        }
        clients.badFraming();
        clients.manyCookies();
        await().until(() -> engine.listener().connections() == 0);
        await().until(() -> engine.gate().activeRequests().isEmpty());
    }

    private String post(String fields) {
        return "POST " + context + "/read HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
    }

    /** Streams whose responses nobody takes, and which end with a reset or with their connection. */
    private void vanishingReaders() {
        try (Http2Client client = Http2Client.connect(engine.address())) {
            for (int stream = 1; stream < 20; stream += 2) {
                client.get(stream, context + "/write");
                if (stream % 3 == 0) {
                    client.send(Http2Client.RST_STREAM, 0, stream, number(8));
                }
            }
            client.next(HEADERS);
        }
    }

    /** Streams whose bodies never end. */
    private void vanishingWriters() {
        try (Http2Client client = Http2Client.connect(engine.address())) {
            for (int stream = 1; stream < 20; stream += 2) {
                client.send(HEADERS, END_HEADERS, stream, request("POST", context + "/read"));
                client.send(Http2Client.DATA, 0, stream, new byte[100]);
                if (stream % 3 == 0) {
                    client.send(Http2Client.RST_STREAM, 0, stream, number(8));
                }
            }
            assertThat(client.lives()).isTrue();
        }
    }

    /** What makes the server reset a stream while its body is read. */
    private void badTrailers() {
        try (Http2Client client = Http2Client.connect(engine.address())) {
            for (int stream = 1; stream < 20; stream += 2) {
                client.send(HEADERS, END_HEADERS, stream, request("POST", context + "/read", "content-length", "5"));
                if (stream % 4 == 1) {
                    client.send(HEADERS, END_HEADERS | END_STREAM, stream, block("connection", "close"));
                } else {
                    client.send(Http2Client.DATA, END_STREAM, stream, new byte[3]);
                }
            }
            assertThat(client.lives()).isTrue();
        }
    }

    private void cutOffBodies() {
        for (String begun : new String[] {"Content-Length: 100\r\n", "Transfer-Encoding: chunked\r\n"}) {
            try (RawClient client = engine.connect()) {
                client.send(post(begun) + "5\r\nhe");
                client.socket().setSoLinger(true, 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            try (RawClient client = engine.connect()) {
                client.send("GET " + context + "/write HTTP/1.1\r\nHost: a\r\n\r\n");
                client.socket().setSoLinger(true, 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void badFraming() {
        String chunked = "Transfer-Encoding: chunked\r\n";
        is(400, post("Content-Length: x\r\n"));
        is(400, post("Content-Length: -1\r\n"));
        is(400, post("Content-Length: 5\r\n" + chunked));
        is(400, post(chunked) + "5\r\nhelloXX");
        is(400, post(chunked) + "x\r\n");
        is(400, post(chunked) + "0\r\nX : y\r\n\r\n");
        is(413, post(chunked) + "ffffffffffffff\r\n");
        is(413, post("Content-Length: 99999999999\r\n"));
        is(408, post("Content-Length: 100\r\n") + "half");
        is(408, post(chunked) + "5\r\nhalf");
        is(400, "GET " + context + "/%00 HTTP/1.1\r\nHost: a\r\n\r\n");
        is(400, "\u0016\u0003\u0001\0\1\1");
        is(431, "GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(300) + "\r\n");
    }

    private void manyCookies() {
        String cookies = IntStream.range(0, 300).mapToObj(i -> "c" + i + "=v").collect(Collectors.joining("; "));
        try (RawClient client = engine.connect()) {
            client.send("GET " + context + "/cookies HTTP/1.1\r\nHost: a\r\nCookie: " + cookies + "\r\n\r\n");
            assertThat(client.response().status()).isIn(200, 400);
        }
    }

    private void is(int status, String request) {
        try (RawClient client = engine.connect()) {
            assertThat(client.send(request).response().status()).as(request).isEqualTo(status);
        }
    }
}
