package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Content type, character encoding and locale of a response (Servlet 6.1, 5.6). */
class ResponseContentTypeTest {

    private interface Setting {
        void on(HttpServletResponse response) throws java.io.IOException;
    }

    private static RawResponse with(Setting setting) {
        try (TestWebApp app = TestWebApp.builder()
                .servlet("/x", (request, response) -> setting.on(response))
                .start()) {
            return app.get("/app/x");
        }
    }

    private static String seen(Setting setting) {
        StringBuilder seen = new StringBuilder();
        with(response -> {
            setting.on(response);
            seen.append(response.getContentType()).append(' ').append(response.getCharacterEncoding());
        });
        return seen.toString();
    }

    @Test
    void defaultEncodingIsLatin1() {
        assertThat(seen(response -> response.setContentType("text/html"))).isEqualTo("text/html ISO-8859-1");
    }

    @Test
    void encodingOfTheTypeAndOfTheSetter() {
        assertThat(seen(response -> response.setContentType("text/html;charset=UTF-8")))
                .isEqualTo("text/html;charset=UTF-8 UTF-8");
        assertThat(seen(response -> {
                    response.setContentType("text/html");
                    response.setCharacterEncoding(StandardCharsets.UTF_8);
                }))
                .isEqualTo("text/html;charset=UTF-8 UTF-8");
    }

    @Test
    void localeGivesAnEncodingUnlessOneWasSet() {
        assertThat(seen(response -> {
                    response.setContentType("text/html");
                    response.setLocale(Locale.JAPAN);
                }))
                .isEqualTo("text/html;charset=Shift_JIS Shift_JIS");
        assertThat(seen(response -> {
                    response.setContentType("text/html;charset=UTF-8");
                    response.setLocale(Locale.JAPAN);
                }))
                .isEqualTo("text/html;charset=UTF-8 UTF-8");
    }

    @Test
    void nullTakesTheEncodingBack() {
        assertThat(seen(response -> {
                    response.setContentType("text/html;charset=UTF-8");
                    response.setCharacterEncoding((String) null);
                }))
                .isEqualTo("text/html ISO-8859-1");
        assertThat(seen(response -> {
                    response.setContentType("text/html;charset=UTF-8");
                    response.setContentType(null);
                }))
                .isEqualTo("null ISO-8859-1");
    }

    @Test
    void theWriterMakesTheEncodingFinal() {
        assertThat(seen(response -> {
                    response.setContentType("text/html");
                    response.getWriter();
                    response.setCharacterEncoding("UTF-8");
                    response.setContentType("text/plain;charset=UTF-16");
                }))
                .isEqualTo("text/plain;charset=ISO-8859-1 ISO-8859-1");
    }

    @Test
    void languageAndTypeReachTheClient() {
        RawResponse response = with(answer -> {
            answer.setContentType("text/plain");
            answer.setLocale(Locale.JAPAN);
            answer.getWriter().print("x");
        });
        assertThat(response.header("Content-Language")).contains("ja-JP");
        assertThat(response.header("Content-Type")).contains("text/plain;charset=Shift_JIS");
    }

    @Test
    void resetTakesEverythingBack() {
        RawResponse response = with(answer -> {
            answer.setStatus(404);
            answer.setHeader("X-Gone", "yes");
            answer.setContentType("text/xml");
            answer.getWriter().print("dropped");
            answer.reset();
            answer.getOutputStream().print("kept");
        });
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("X-Gone")).isEmpty();
        assertThat(response.header("Content-Type")).isEmpty();
        assertThat(response.header("X-Request-Id")).isPresent();
        assertThat(response.body()).isEqualTo("kept");
    }
}
