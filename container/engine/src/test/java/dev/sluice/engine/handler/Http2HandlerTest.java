package dev.sluice.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Headers;
import dev.sluice.api.Response;
import dev.sluice.engine.http.HttpOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The same over HTTP/2, with prior upgrade in clear text. */
class Http2HandlerTest {
    @Test
    void requestsAndResponsesAreTheSame() throws Exception {
        try (HandlerServer server = HandlerServer.start(
                "",
                setup -> setup.get("/text", (request, context) -> {
                            context.earlyHints(Headers.of("Link", "</a>"));
                            return Response.text(request.protocol() + " " + request.authority())
                                    .withTrailers(() -> Headers.of("a", "b"));
                        })
                        .get(
                                "/large",
                                (request, context) -> Response.writer("a/b", out -> out.write(new byte[1_000_000])))
                        .post(
                                "/echo",
                                (request, context) ->
                                        Response.bytes(request.body().bytes(), "a/b")),
                HttpOptions.builder().http2Upgrade(true).build())) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
            String root = "http://127.0.0.1:" + server.engine().address().getPort();
            HttpResponse<String> first = client.send(get(root + "/text"), HttpResponse.BodyHandlers.ofString());
            assertThat(first.statusCode()).isEqualTo(200);
            HttpResponse<String> text = client.send(get(root + "/text"), HttpResponse.BodyHandlers.ofString());
            assertThat(text.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(text.body())
                    .isEqualTo("HTTP/2.0 127.0.0.1:" + server.engine().address().getPort());
            assertThat(client.send(get(root + "/large"), HttpResponse.BodyHandlers.ofByteArray())
                            .body())
                    .hasSize(1_000_000);
            HttpRequest post = HttpRequest.newBuilder(URI.create(root + "/echo"))
                    .timeout(Duration.ofSeconds(60))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[300_000]))
                    .build();
            assertThat(client.send(post, HttpResponse.BodyHandlers.ofByteArray())
                            .body())
                    .hasSize(300_000);
        }
    }

    private static HttpRequest get(String uri) {
        return HttpRequest.newBuilder(URI.create(uri))
                .timeout(Duration.ofSeconds(60))
                .build();
    }
}
