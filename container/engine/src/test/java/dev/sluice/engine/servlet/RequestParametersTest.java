package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.parameter.ParameterLimits;
import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Parameters of the query and of forms, and what happens to bad ones (Servlet 6.1, 3.1 and 3.2). */
class RequestParametersTest {

    private static final TestWebApp.Code SHOW =
            (request, response) -> request.getParameterMap().forEach((name, values) -> {
                try {
                    response.getWriter().print(name + "=" + String.join(",", values) + ";");
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });

    private static String post(String target, String type, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void queryBeforeForm() {
        try (TestWebApp app = TestWebApp.builder().servlet("/x", SHOW).start()) {
            assertThat(app.send(post("/app/x?a=1&b=%C3%A9", "application/x-www-form-urlencoded", "a=2&c=3"))
                            .body())
                    .isEqualTo("a=1,2;b=\u00e9;c=3;");
        }
    }

    @Test
    void theBodyIsLeftAloneOnceItsStreamWasTaken() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/x", (request, response) -> {
                    String body = new String(request.getInputStream().readAllBytes(), "US-ASCII");
                    response.getWriter().print(body + " " + request.getParameter("a"));
                })
                .start()) {
            assertThat(app.send(post("/app/x", "application/x-www-form-urlencoded", "a=2"))
                            .body())
                    .isEqualTo("a=2 null");
        }
    }

    @Test
    void theReaderUsesTheCharacterEncoding() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/x", (request, response) -> {
                    response.setCharacterEncoding("UTF-8");
                    response.getWriter().print(request.getReader().readLine() + request.getCharacterEncoding());
                })
                .start()) {
            assertThat(app.send(post("/app/x", "text/plain;charset=UTF-8", "\u00c3\u00a9"))
                            .body())
                    .isEqualTo("\u00c3\u00a9UTF-8");
        }
    }

    @Test
    void aBadEscapeIsRefused() {
        try (TestWebApp app = TestWebApp.builder().servlet("/x", SHOW).start()) {
            assertThat(app.get("/app/x?a=%zz").status()).isEqualTo(400);
        }
    }

    @Test
    void tooManyAreRefused() {
        try (TestWebApp app = TestWebApp.builder()
                .options(options -> options.parameters(new ParameterLimits(2, 100)))
                .servlet("/x", SHOW)
                .start()) {
            assertThat(app.get("/app/x?a=1&b=2").status()).isEqualTo(200);
            assertThat(app.get("/app/x?a=1&b=2&c=3").status()).isIn(400, 413);
            assertThat(app.send(post("/app/x", "application/x-www-form-urlencoded", "a=" + "x".repeat(200)))
                            .status())
                    .isEqualTo(413);
        }
    }

    /** Shows its parts. */
    private static final class Upload extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try {
                var part = request.getPart("file");
                response.getWriter()
                        .print(request.getParameter("field") + " " + part.getSubmittedFileName() + " "
                                + new String(part.getInputStream().readAllBytes(), "US-ASCII") + " "
                                + request.getParts().size());
            } catch (jakarta.servlet.ServletException | IllegalStateException refused) {
                response.getWriter().print(refused.getClass().getSimpleName());
            }
        }
    }

    private static RawResponse upload(boolean configured) {
        String body = "--B\r\nContent-Disposition: form-data; name=\"field\"\r\n\r\nvalue\r\n"
                + "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\ncontent\r\n--B--\r\n";
        try (TestWebApp app = TestWebApp.builder()
                .setup(context -> {
                    ServletRegistration.Dynamic upload = context.addServlet("upload", new Upload());
                    upload.addMapping("/upload");
                    if (configured) {
                        upload.setMultipartConfig(new MultipartConfigElement(""));
                    }
                })
                .start()) {
            return app.send(post("/app/upload", "multipart/form-data; boundary=B", body));
        }
    }

    @Test
    void partsAndTheirFields() {
        assertThat(upload(true).body()).isEqualTo("value a.txt content 2");
    }

    @Test
    void partsOfAServletThatTakesNone() {
        assertThat(upload(false).body()).isEqualTo("IllegalStateException");
    }
}
