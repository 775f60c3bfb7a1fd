package dev.sluice.engine.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.descriptor.ErrorPage;
import jakarta.servlet.ServletException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The closest class wins, then the root cause; then the status, then the default page. */
class ErrorPagesTest {
    private final ErrorPages pages = new ErrorPages(List.of(
            new ErrorPage(404, null, "/404"),
            new ErrorPage(null, IOException.class.getName(), "/io"),
            new ErrorPage(null, RuntimeException.class.getName(), "/runtime"),
            new ErrorPage(null, null, "/default")));

    @Test
    void closestClassOfTheHierarchy() {
        FileNotFoundException thrown = new FileNotFoundException("x");
        assertThat(pages.forException(thrown)).isEqualTo(new ErrorPages.Found("/io", thrown));
    }

    @Test
    void rootCauseOfAServletException() {
        IllegalStateException cause = new IllegalStateException("x");
        assertThat(pages.forException(new ServletException(cause))).isEqualTo(new ErrorPages.Found("/runtime", cause));
    }

    @Test
    void noClassMatches() {
        assertThat(pages.forException(new ServletException("x"))).isNull();
        assertThat(pages.forException(new Error("x"))).isNull();
    }

    @Test
    void statusAndDefault() {
        assertThat(pages.forStatus(404)).isEqualTo("/404");
        assertThat(pages.forStatus(500)).isEqualTo("/default");
    }
}
