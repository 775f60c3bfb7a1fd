package dev.sluice.api.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerContext;
import dev.sluice.api.Headers;
import dev.sluice.api.Request;
import dev.sluice.api.RequestBody;
import dev.sluice.api.Response;
import dev.sluice.api.WebSocketListener;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LintTest {
    private final Lint lint = new Lint();

    private static Request request(String method, String path, String contextPath, String query, String scheme) {
        RequestBody body = new InMemoryRequest.InMemoryBody(
                InputStream.nullInputStream(), OptionalLong.empty(), StandardCharsets.UTF_8);
        return new InMemoryRequest(
                method, path, contextPath, Map.of(), query, Headers.empty(), body, Headers.empty(), scheme);
    }

    private static HandlerContext context(String id) {
        return new InMemoryContext(id, null, null);
    }

    private Response lint(Response response) throws Exception {
        return lint.wrap((request, context) -> response).handle(request("GET", "/", "", "", "http"), context("id"));
    }

    @Test
    void aNonBlockingHandlerDoesNotReadTheBody() {
        Handler reading = Handler.nonBlocking(
                (request, context) -> Response.text(request.body().text()));
        assertThatThrownBy(() -> lint.wrap(reading).handle(request("POST", "/", "", "", "http"), context("id")))
                .isInstanceOf(LintViolation.class)
                .hasMessageContaining("declared non-blocking and reads the body of POST /");
        Handler later = Handler.nonBlocking((request, context) ->
                Response.writer("text/plain", out -> request.body().stream().transferTo(out)));
        assertThatCode(() -> lint.wrap(later)
                        .handle(request("POST", "/", "", "", "http"), context("id"))
                        .body()
                        .writeTo(new ByteArrayOutputStream()))
                .doesNotThrowAnyException();
    }

    @Test
    void aStreamIsReturnedOnce() throws Exception {
        InputStream shared = InputStream.nullInputStream();
        lint(Response.stream(shared, "text/plain"));
        assertThatThrownBy(() -> lint(Response.stream(shared, "text/plain")))
                .isInstanceOf(LintViolation.class)
                .hasMessageContaining("a stream that was returned before");
    }

    @Nested
    class ServerTest {
        private void refused(Request request, HandlerContext context) {
            assertThatThrownBy(() -> lint.wrap((r, c) -> Response.status(204)).handle(request, context))
                    .isInstanceOf(LintViolation.class)
                    .hasMessageStartingWith("server: ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a", "/../a", "/a/./b", "/a/..", "/a\u0000"})
        void badPaths(String path) {
            refused(request("GET", path, "", "", "http"), context("id"));
        }

        @Test
        void otherParts() {
            refused(request("G T", "/", "", "", "http"), context("id"));
            refused(request("GET", "/", "/", "", "http"), context("id"));
            refused(request("GET", "/", "", "?a", "http"), context("id"));
            refused(request("GET", "/", "", "", "ws"), context("id"));
            refused(request("GET", "/", "", "", "http"), context("x".repeat(65)));
            refused(request("GET", "/", "", "", "http"), context("\u00e4"));
        }
    }

    @Nested
    class HandlerTest {
        private void refused(Response response, String what) {
            assertThatThrownBy(() -> lint(response))
                    .isInstanceOf(LintViolation.class)
                    .hasMessageStartingWith("handler: ")
                    .hasMessageContaining(what);
        }

        @Test
        void headersOfTheConnection() {
            refused(Response.text("").withHeader("Transfer-Encoding", "chunked"), "header transfer-encoding");
            refused(Response.text("").withHeader("Connection", "close"), "header connection");
        }

        @Test
        void bodiesWhereNoneCanBe() {
            refused(Response.text("x").withStatus(204), "body (expected: none with this status)");
            refused(Response.text("x").withStatus(304), "body");
        }

        @Test
        void noContentType() {
            refused(Response.text("x").withHeaders(Headers.empty()), "no Content-Type");
        }

        @Test
        void aWrongLength() {
            refused(Response.bytes(new byte[3], "a/b").withHeader("Content-Length", "4"), "Content-Length 4");
        }

        @Test
        @SuppressWarnings("NullAway")
        void nothing() {
            refused(null, "response is null");
        }

        @Test
        void trailersThatCannotBe() throws Exception {
            Response response = lint(Response.text("x").withTrailers(() -> Headers.of("Content-Length", "1")));

            assertThatThrownBy(() -> response.trailers().orElseThrow().get())
                    .isInstanceOf(LintViolation.class)
                    .hasMessageContaining("trailer content-length");
        }

        @Test
        void upgradesOfOtherMethods() {
            assertThatThrownBy(() -> lint.wrap((r, c) -> Response.webSocket(new WebSocketListener() {}))
                            .handle(request("POST", "/", "", "", "http"), context("id")))
                    .isInstanceOf(LintViolation.class)
                    .hasMessageContaining("upgrade of POST");
        }
    }

    @Nested
    class BodyTest {
        private Response streamed() throws Exception {
            return lint(Response.writer("text/plain", out -> out.write('x')));
        }

        @Test
        void closedOnceIsRight() throws Exception {
            try (Response response = streamed()) {
                response.body().writeTo(new ByteArrayOutputStream());
            }
            assertThatCode(lint::verify).doesNotThrowAnyException();
        }

        @Test
        void neverClosed() throws Exception {
            streamed().body().writeTo(new ByteArrayOutputStream());
            assertThatThrownBy(lint::verify)
                    .isInstanceOf(LintViolation.class)
                    .hasMessageContaining("body of GET /: closed 0 times");
        }

        @Test
        void closedTwice() throws Exception {
            Response response = streamed();
            response.close();
            response.close();
            assertThatThrownBy(lint::verify).hasMessageContaining("closed 2 times");
        }

        @Test
        void writtenTwiceOrAfterItWasClosed() throws Exception {
            Response twice = streamed();
            twice.body().writeTo(new ByteArrayOutputStream());
            twice.body().writeTo(new ByteArrayOutputStream());
            twice.close();
            assertThatThrownBy(lint::verify).hasMessageContaining("written 2 times");
        }

        @Test
        void writtenAfterItWasClosed() throws Exception {
            Response late = streamed();
            late.close();
            late.body().writeTo(new ByteArrayOutputStream());
            assertThatThrownBy(lint::verify).hasMessageContaining("written after it was closed");
        }
    }
}
