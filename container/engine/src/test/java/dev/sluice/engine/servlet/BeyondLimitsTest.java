package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.multipart.MultipartLimits;
import dev.sluice.engine.parameter.ParameterLimits;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that brings more than a limit allows is counted once, also if the application deals with it. */
class BeyondLimitsTest {
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String PARTS = "Content-Type: multipart/form-data; boundary=b\r\n";

    /** Reads everything, twice; with the query {@code caught} it answers itself. */
    private static final class Reading extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            try {
                read(request);
            } catch (IllegalStateException | IOException tooMuch) {
                if (request.getHeader("caught") == null) {
                    read(request);
                }
            }
            response.getWriter().print("answered");
        }

        private static void read(HttpServletRequest request) throws ServletException, IOException {
            request.getCookies();
            request.getParameterMap();
            String type = request.getContentType();
            if (type != null && type.startsWith("multipart/")) {
                request.getParts();
            }
            request.getInputStream().readAllBytes();
        }
    }

    private static TestWebApp app() {
        return TestWebApp.builder()
                .http(HttpOptions.builder().maxBodySize(1_000).build())
                .options(options -> options.maxCookies(2)
                        .parameters(new ParameterLimits(3, 100))
                        .multipart(new MultipartLimits(2, 200, 100)))
                .setup(context -> {
                    ServletRegistration.Dynamic servlet = context.addServlet("reading", new Reading());
                    servlet.addMapping("/*");
                    servlet.setMultipartConfig(new MultipartConfigElement("", 500, 900, 0));
                })
                .start();
    }

    private static String post(String fields, String body) {
        return "POST /app/x HTTP/1.1\r\nHost: a\r\n" + fields + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String part(String head, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"f\"" + head + "\r\n\r\n" + content + "\r\n";
    }

    private static String beyond(String what) {
        return switch (what) {
            case "cookies" -> post("Cookie: a=1; b=2; c=3\r\n", "");
            case "parameters" -> post(FORM, "a=1&b=2&c=3&d=4");
            case "form" -> post(FORM, "a=" + "x".repeat(200));
            case "parts" -> post(PARTS, part("", "1") + part("", "2") + part("", "3") + "--b--\r\n");
            case "part head" -> post(PARTS, part("\r\nX: " + "x".repeat(300), "1") + "--b--\r\n");
            case "fields" -> post(PARTS, part("", "x".repeat(200)) + "--b--\r\n");
            case "file" -> post(PARTS, part("; filename=\"f\"", "x".repeat(600)) + "--b--\r\n");
            case "body" -> post("", "x".repeat(2_000));
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static void awaitCounted(TestWebApp app, long count) {
        await().untilAsserted(() -> assertThat(
                        app.engine().gate().stats().mounts().get(0).beyondLimits())
                .isEqualTo(count));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cookies", "parameters", "form", "parts", "part head", "fields", "file", "body"})
    void areCountedOnce(String what) {
        try (TestWebApp app = app()) {
            assertThat(app.send(beyond(what)).status()).isIn(400, 413);
            awaitCounted(app, 1);
            String caught = beyond(what).replaceFirst("\r\n", "\r\nCaught: yes\r\n");
            // The container itself needs the cookies, before the application.
            assertThat(app.send(caught).status()).isEqualTo(what.equals("cookies") ? 400 : 200);
            awaitCounted(app, 2);
        }
    }

    @Test
    void whatIsOnlyMalformedIsNot() {
        try (TestWebApp app = app()) {
            assertThat(app.send(post(FORM, "a=%zz")).status()).isEqualTo(400);
            assertThat(app.send(post(FORM, "a=1")).status()).isEqualTo(200);
            awaitCounted(app, 0);
        }
    }
}
