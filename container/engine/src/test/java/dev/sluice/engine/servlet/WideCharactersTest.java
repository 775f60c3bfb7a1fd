package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testing.RawResponse;
import org.junit.jupiter.api.Test;

/** Characters that have no byte of their own in a header field are replaced or encoded, never cut to one: U+0122 would be a quotation mark. */
class WideCharactersTest {
    private static RawResponse answer(TestWebApp.Code code) {
        try (TestWebApp app = TestWebApp.builder().servlet("/x", code).start()) {
            return app.get("/app/x");
        }
    }

    @Test
    void aQuotedFileNameDoesNotEndEarly() {
        RawResponse answer = answer((request, response) -> {
            response.setHeader("Content-Disposition", "attachment; filename=\"a\u0122; x=.txt\"");
            response.addHeader("X-Price", "5 \u20ac");
            response.addHeader("X-Lines", "a\u560d\u560aX-Other: b");
        });
        assertThat(answer.header("Content-Disposition")).contains("attachment; filename=\"a?; x=.txt\"");
        assertThat(answer.header("X-Price")).contains("5 ?");
        assertThat(answer.header("X-Lines")).contains("a??X-Other: b");
        assertThat(answer.header("X-Other")).isEmpty();
    }

    @Test
    void aLocationIsEncoded() {
        RawResponse answer = answer((request, response) -> response.sendRedirect("gr\u00fc\u00dfe/\u20ac?q=\u0122"));
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location").orElseThrow()).endsWith("/app/gr%C3%BC%C3%9Fe/%E2%82%AC?q=%C4%A2");
    }

    @Test
    void aContentTypeKeepsItsQuotes() {
        RawResponse answer = answer((request, response) -> response.setContentType("text/x-list; name=\"\u0122;a\""));
        assertThat(answer.header("Content-Type").orElseThrow())
                .startsWith("text/x-list")
                .contains("name=\"?;a\"");
    }
}
