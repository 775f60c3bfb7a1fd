package dev.sluice.engine.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.http.Statuses;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One page for every failure, in HTML or as problem details (RFC 9457), whoever answers it. */
class FailurePageTest {
    private static String text(FailurePage page) {
        return new String(page.content(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | true",
                "application/problem+json | true",
                "APPLICATION/JSON;q=0.1 | true",
                "application/json, text/html;q=0.9 | true",
                "application/*, text/html;q=0.5 | true",
                "text/html, application/json;q=0.9 | false",
                "application/json;q=0 | false",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | false",
                "*/* | false",
                "image/png | false",
                "application/json;q=nonsense | false",
                "'' | false",
                ",;,=;q | false",
            })
    void isWhatTheClientPrefers(String accept, boolean json) {
        FailurePage page = FailurePage.of(404, null, "r", null, List.of(accept));
        assertThat(page.contentType()).isEqualTo(json ? "application/problem+json" : "text/html;charset=UTF-8");
    }

    @Test
    void withoutAcceptIsHtml() {
        assertThat(FailurePage.of(404, null, "", null, List.of()).contentType()).startsWith("text/html");
    }

    @Test
    void saysTheSameInBothForms() {
        IllegalStateException failure = new IllegalStateException("<b>\"&\u2028\ud800</b>");
        String message = "a <b> & \"c\" \\ \n\u00fc";
        String html = text(FailurePage.of(413, message, "id'1", failure, List.of()));
        String json = text(FailurePage.of(413, message, "id'1", failure, List.of("application/json")));

        assertThat(html)
                .contains("<title>413 Content Too Large</title>", "<h1>413 Content Too Large</h1>")
                .contains("<p>a &lt;b&gt; &amp; &quot;c&quot; \\ \n\u00fc</p>", "<p>Request id&#39;1</p>")
                .contains("IllegalStateException: &lt;b&gt;")
                .doesNotContain("<b>");
        assertThat(json)
                .startsWith("{\"type\":\"about:blank\",\"title\":\"Content Too Large\",\"status\":413,")
                .contains("\"detail\":\"a <b> & \\\"c\\\" \\\\ \\u000a\u00fc\",\"requestId\":\"id'1\",\"trace\":\"")
                .contains("\\u2028\\ud800")
                .endsWith("\"}\n");
    }

    @Test
    void ofAStatusThatNobodyHasNamedHasItsNumber() {
        assertThat(text(FailurePage.of(599, null, "", null, List.of()))).contains("<title>599</title>");
    }

    @Test
    void allErrorsOfTheStandardHavePhrases() {
        assertThat(IntStream.of(
                                400, 401, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421,
                                422)
                        .mapToObj(Statuses::reason))
                .doesNotContain("");
    }
}
