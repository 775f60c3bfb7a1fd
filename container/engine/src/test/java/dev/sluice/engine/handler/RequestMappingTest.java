package dev.sluice.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Response;
import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the handler sees of a request. */
class RequestMappingTest {
    @Test
    void allPartsOfTheHead() throws Exception {
        try (HandlerServer server = HandlerServer.start(
                "/shop",
                setup -> setup.get(
                        "/items/{id}",
                        (request, context) -> Response.text(String.join(
                                "|",
                                request.method(),
                                request.contextPath(),
                                request.path(),
                                request.parameter("id"),
                                request.rawQuery(),
                                request.query().first("q").orElse(""),
                                request.header("x-a").orElse(""),
                                request.headers().all("X-A").toString(),
                                request.cookies().toString(),
                                request.scheme(),
                                request.authority(),
                                request.protocol(),
                                request.remoteAddress().getAddress().getHostAddress(),
                                context.requestId()))))) {
            RawResponse response = server.send("GET /shop/items/a%20b?q=%C3%A4&r HTTP/1.1\r\nHost: example:81\r\n"
                    + "X-Request-Id: test-id\r\nX-A: 1\r\nx-a: 2\r\nCookie: c=d\r\n\r\n");

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body())
                    .isEqualTo(
                            "GET|/shop|/items/a b|a b|q=%C3%A4&r|\u00c3\u00a4|1|[1, 2]|{c=d}|http|example:81|HTTP/1.1"
                                    + "|127.0.0.1|test-id");
        }
    }

    @Test
    void aBodyIsStreamedAsItComes() throws Exception {
        AtomicReference<String> first = new AtomicReference<>("");
        try (HandlerServer server = HandlerServer.of((request, context) -> {
                    InputStream in = request.body().stream();
                    first.set(new String(in.readNBytes(3)));
                    return Response.text(first.get()
                            + new String(in.readAllBytes())
                            + request.body().length());
                });
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            org.awaitility.Awaitility.await().until(() -> first.get().equals("abc"));
            client.send("3\r\ndef\r\n0\r\n\r\n");

            assertThat(client.response().body()).isEqualTo("abcdefOptionalLong.empty");
        }
    }

    @Test
    void trailersAreThereAfterTheBody() throws Exception {
        try (HandlerServer server = HandlerServer.of((request, context) ->
                Response.text(request.trailers() + " " + request.body().text() + " " + request.trailers()))) {
            RawResponse response = server.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "1\r\nx\r\n0\r\nChecksum: 7\r\n\r\n");

            assertThat(response.body()).isEqualTo("[] x [Checksum: 7]");
        }
    }

    @Test
    void aBodyAboveTheServersLimitIs413() throws Exception {
        HttpOptions options = HttpOptions.builder().maxBodySize(10).build();
        try (HandlerServer server = HandlerServer.start(
                "",
                setup -> setup.post(
                        "/", (request, context) -> Response.text(request.body().text())),
                options)) {
            RawResponse response = server.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "b\r\n12345678901\r\n0\r\n\r\n");

            assertThat(response.status()).isEqualTo(413);
        }
    }

    @Test
    void aBodyAboveTheHandlersLimitIs413() throws Exception {
        try (HandlerServer server = HandlerServer.of(
                (request, context) -> Response.text(request.body().text(2)))) {
            assertThat(server.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
                            .status())
                    .isEqualTo(413);
        }
    }

    @Test
    void aMalformedQueryIs400() throws Exception {
        try (HandlerServer server = HandlerServer.of(
                (request, context) -> Response.text(request.query().toString()))) {
            assertThat(server.get("/?a=%zz").status()).isEqualTo(400);
        }
    }

    @Test
    void theBodyIsOverWithTheResponse() throws Exception {
        AtomicReference<InputStream> kept = new AtomicReference<>();
        try (HandlerServer server = HandlerServer.of((request, context) -> {
            kept.set(request.body().stream());
            return Response.text("");
        })) {
            server.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
            org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(failureOfRead(kept.get()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("after its response was complete"));
        }
    }

    private static Throwable failureOfRead(InputStream in) {
        return org.assertj.core.api.Assertions.catchThrowable(in::read);
    }

    @Test
    void theContextPathWithoutASlashRedirectsToTheRoot() throws Exception {
        try (HandlerServer server =
                HandlerServer.start("/shop", setup -> setup.get("/", (request, context) -> Response.text("root")))) {
            RawResponse response = server.get("/shop?a=b");

            assertThat(response.status()).isEqualTo(307);
            assertThat(response.header("Location")).contains("/shop/?a=b");
            assertThat(server.get("/shop/").body()).isEqualTo("root");
        }
    }
}
