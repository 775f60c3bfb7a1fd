package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each parameter counts once, and in the right charset, whatever dispatch or part it comes with (Servlet 6.1, 3.1 and 9.1.1). */
class DispatchParametersTest {

    private static void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter()
                .print(Arrays.toString(request.getParameterValues("x"))
                        + Arrays.toString(request.getParameterValues("y")));
    }

    @Test
    void anAsynchronousDispatchKeepsTheQueryOfTheClient() {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/late", (request, response) -> request.startAsync().dispatch("/show?x=1"))
                .servlet("/early", (request, response) -> {
                    request.getParameter("x");
                    request.startAsync().dispatch("/show?x=1");
                })
                .servlet("/show", DispatchParametersTest::show)
                .start()) {
            for (String first : new String[] {"late", "early"}) {
                assertThat(app.get("/app/" + first + "?x=2&y=3").body())
                        .as(first)
                        .isEqualTo("[1, 2][3]");
                assertThat(app.get("/app/" + first).body()).as(first).isEqualTo("[1]null");
            }
        }
    }

    /** Takes the parts after or before the parameters. */
    private static final class Parts extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws jakarta.servlet.ServletException, IOException {
            if (request.getParameter("partsFirst") == null) {
                request.getParts();
            }
            request.getParts();
            show(request, response);
        }
    }

    /** Takes the parts and only then the parameters. */
    private static final class PartsFirst extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws jakarta.servlet.ServletException, IOException {
            request.getParts();
            show(request, response);
        }
    }

    @Test
    void textPartsAreParametersOnce() {
        String body = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n2\r\n--b--\r\n";
        try (TestWebApp app = TestWebApp.builder()
                .setup(context -> {
                    for (HttpServlet servlet : new HttpServlet[] {new Parts(), new PartsFirst()}) {
                        ServletRegistration.Dynamic added =
                                context.addServlet(servlet.getClass().getSimpleName(), servlet);
                        added.addMapping("/" + servlet.getClass().getSimpleName());
                        added.setMultipartConfig(new MultipartConfigElement(""));
                    }
                })
                .start()) {
            for (String name : new String[] {"Parts", "PartsFirst"}) {
                assertThat(app.send("POST /app/" + name + "?x=1 HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                                        + " multipart/form-data; boundary=b\r\nContent-Length: " + body.length()
                                        + "\r\n\r\n" + body)
                                .body())
                        .as(name)
                        .isEqualTo("[1, 2]null");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'x=%FC', , \u00fc",
        "'x=%C3%BC', , \u00fc",
        "'x=\u00fc', , \u00fc",
        "'x=\u65e5', , \u65e5",
        "'x=%FC', ISO-8859-1, \u00fc",
        "'x=%C3%BC', UTF-8, \u00fc",
        "'x=\u65e5', ISO-8859-1, \u65e5",
        "'x=%A4', ISO-8859-15, \u20ac",
    })
    void theQueryOfADispatchIsInTheCharsetOfTheRequest(String query, String charset, String value) {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/forward", (request, response) -> {
                    if (charset != null) {
                        request.setCharacterEncoding(charset);
                    }
                    request.getRequestDispatcher("/show?" + query).forward(request, response);
                })
                .servlet("/show", DispatchParametersTest::show)
                .start()) {
            String body = app.get("/app/forward").body();
            assertThat(new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                    .isEqualTo("[" + value + "]null");
        }
    }
}
