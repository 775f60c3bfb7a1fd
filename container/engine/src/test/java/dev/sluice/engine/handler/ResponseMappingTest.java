package dev.sluice.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Body;
import dev.sluice.api.Handler;
import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Headers;
import dev.sluice.api.Response;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

/** What the client sees of a response. */
class ResponseMappingTest {
    private static final String HEAD = "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n";

    private static RawResponse answer(String request, Response response) throws Exception {
        Handler handler = (r, context) -> response;
        try (HandlerServer server = HandlerServer.of(handler)) {
            return server.send(request);
        }
    }

    private static RawResponse get(Response response) throws Exception {
        return answer("GET / HTTP/1.1\r\nHost: a\r\n\r\n", response);
    }

    @Test
    void textHasItsLengthAndType() throws Exception {
        RawResponse response = get(Response.text("\u00e4")
                .withStatus(201)
                .plusHeader("Set-Cookie", "a=b")
                .plusHeader("Set-Cookie", "c=d"));

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("\u00c3\u00a4");
        assertThat(response.header("Content-Length")).contains("2");
        assertThat(response.header("Content-Type")).contains("text/plain;charset=utf-8");
        assertThat(response.headers("Set-Cookie")).containsExactly("a=b", "c=d");
    }

    @Test
    void aRedirectGoesOutAsItIsWritten() throws Exception {
        HandlerApplication application = setup -> {
            setup.get("/away", (request, context) -> Response.redirect(request.contextPath() + "/text"));
            setup.get("/up", (request, context) -> Response.redirect("./"));
        };
        try (HandlerServer server = HandlerServer.start("/shop", application)) {
            RawResponse away = server.get("/shop/away");
            assertThat(away.status()).isEqualTo(303);
            assertThat(away.header("Location")).contains("/shop/text");
            assertThat(server.get("/shop/up").header("Location")).contains("./");
        }
    }

    @Test
    void nothingHasLengthZero() throws Exception {
        RawResponse response = get(Response.status(404));

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("Content-Length")).contains("0");
    }

    @Test
    void statusesWithoutBodyHaveNeitherBodyNorLength() throws Exception {
        assertThat(get(Response.status(204)).header("Content-Length")).isEmpty();
        assertThat(get(Response.text("dropped").withStatus(204)).body()).isEmpty();
        assertThat(get(Response.text("dropped").withStatus(304)).status()).isEqualTo(304);
    }

    @Test
    void headHasTheLengthAndNoBody() throws Exception {
        RawResponse response = answer(HEAD, Response.text("hello"));

        assertThat(response.header("Content-Length")).contains("5");
        assertThat(response.body()).isEmpty();
        assertThat(answer(HEAD, Response.writer("a/b", out -> out.write(1))).status())
                .isEqualTo(200);
    }

    @Test
    void aHeadLeavesTheConnectionUsable() throws Exception {
        try (HandlerServer server = HandlerServer.of((r, c) -> Response.writer("a/b", out -> out.write('x')));
                RawClient client = server.connect()) {
            assertThat(client.send(HEAD).response(HEAD).status()).isEqualTo(200);
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                            .response()
                            .body())
                    .isEqualTo("x");
        }
    }

    @Test
    void shortWritersAreSentWithTheirLength() throws Exception {
        RawResponse response = get(Response.writer("a/b", out -> out.write("short".getBytes())));

        assertThat(response.header("Content-Length")).contains("5");
        assertThat(response.body()).isEqualTo("short");
    }

    @Test
    void longWritersAreSentInChunks() throws Exception {
        RawResponse response = get(Response.writer("a/b", out -> {
            for (int i = 0; i < 5000; i++) {
                out.write("0123456789".getBytes());
                out.write('x');
            }
        }));

        assertThat(response.header("Transfer-Encoding")).contains("chunked");
        assertThat(response.body()).hasSize(55_000).endsWith("9x");
    }

    @Test
    void streamsAreCopied() throws Exception {
        byte[] content = new byte[100_000];
        java.util.Arrays.fill(content, (byte) 'y');

        assertThat(get(Response.stream(new ByteArrayInputStream(content), "a/b"))
                        .body())
                .hasSize(100_000);
        RawResponse sized = get(Response.of(
                200, Headers.of("Content-Type", "a/b"), new Body.Stream(new ByteArrayInputStream(content), 10_000)));
        assertThat(sized.header("Content-Length")).contains("10000");
        assertThat(sized.body()).hasSize(10_000);
    }

    @Test
    void anHttp10ClientGetsTheBodyUntilTheConnectionCloses() throws Exception {
        RawResponse response = answer(
                "GET / HTTP/1.0\r\n\r\n",
                Response.writer("a/b", out -> {
                            out.write("one".getBytes());
                            out.flush();
                            out.write("two".getBytes());
                        })
                        .withTrailers(() -> Headers.of("A", "b")));

        assertThat(response.header("Transfer-Encoding")).isEmpty();
        assertThat(response.body()).isEqualTo("onetwo");
    }

    @Test
    void headersOfTheConnectionAreLeftOut() throws Exception {
        RawResponse response = get(Response.text("hello")
                .withHeader("Transfer-Encoding", "gzip")
                .withHeader("Keep-Alive", "x")
                .withHeader("Content-Length", "3")
                .withHeader("X-Other", "y"));

        assertThat(response.header("Transfer-Encoding")).isEmpty();
        assertThat(response.header("Keep-Alive")).isEmpty();
        assertThat(response.headers("Content-Length")).containsExactly("5");
        assertThat(response.header("X-Other")).contains("y");
        assertThat(response.body()).isEqualTo("hello");
    }

    @Test
    void trailersFollowTheBody() throws Exception {
        assertThat(get(Response.text("hello").withTrailers(() -> Headers.of("Checksum", "7")))
                        .body())
                .isEqualTo("hello\ntrailer Checksum: 7");
    }

    @Test
    void failingTrailersLeaveTheResponseWhole() throws Exception {
        RawResponse response = get(Response.text("hello").withTrailers(() -> {
            throw new IllegalStateException("asked to");
        }));

        assertThat(response.body()).isEqualTo("hello");
    }

    @Test
    void earlyHintsComeFirst() throws Exception {
        try (HandlerServer server = HandlerServer.of((request, context) -> {
                    context.earlyHints(Headers.of("Link", "</a.css>"));
                    return Response.text("hello").withEarlyHints(Headers.of("Link", "</b.css>"));
                });
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            RawResponse first = client.response();
            RawResponse second = client.response();
            RawResponse last = client.response();

            assertThat(first.status()).isEqualTo(103);
            assertThat(first.header("Link")).contains("</a.css>");
            assertThat(second.header("Link")).contains("</b.css>");
            assertThat(last.status()).isEqualTo(200);
            assertThat(last.body()).isEqualTo("hello");
            assertThat(last.header("Link")).isEmpty();
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(103);
        }
    }

    @Test
    void http10ClientsGetNoEarlyHints() throws Exception {
        RawResponse response =
                answer("GET / HTTP/1.0\r\n\r\n", Response.text("hello").withEarlyHints(Headers.of("Link", "</b.css>")));

        assertThat(response.status()).isEqualTo(200);
    }
}
