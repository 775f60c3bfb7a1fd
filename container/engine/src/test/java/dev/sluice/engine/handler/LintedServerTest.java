package dev.sluice.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Headers;
import dev.sluice.api.Response;
import dev.sluice.api.testing.Lint;
import dev.sluice.engine.testing.RawClient;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The server keeps its side of the contract, by the judgement of the lint that applications use. */
class LintedServerTest {
    @Test
    void nothingIsFound() throws Exception {
        Lint lint = new Lint();
        List<String> requests = List.of(
                "GET /a//b/./c?x=y HTTP/1.1\r\nHost: a\r\n\r\n",
                "HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /%C3%A4 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
                "GET http://a/absolute HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /old HTTP/1.0\r\n\r\n",
                "DELETE / HTTP/1.1\r\nHost: a\r\nX-Request-Id: mine\r\n\r\n");
        try (HandlerServer server = HandlerServer.start(
                setup -> setup.use(lint::wrap).route("*", "/{path...}", (request, context) -> Response.writer(
                                "text/plain", out -> out.write(request.path().getBytes()))
                        .withTrailers(() -> Headers.of("A", "b"))))) {
            for (String request : requests) {
                try (RawClient client = server.connect()) {
                    assertThat(client.send(request).response(request).status())
                            .as(request)
                            .isEqualTo(200);
                }
            }
            Awaitility.await().untilAsserted(lint::verify);
        }
    }
}
