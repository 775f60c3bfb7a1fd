package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** Which filters run, and in which order (Servlet 6.1, 6.2.4 and 6.2.5). */
class FilterChainTest {

    private static Filter mark(String name) {
        return (request, response, chain) -> {
            response.getWriter().print(name + "(");
            chain.doFilter(request, response);
            response.getWriter().print(")");
        };
    }

    private static TestWebApp.Code print(String text) {
        return (request, response) -> response.getWriter().print(text);
    }

    @Test
    void patternsBeforeNames() {
        try (TestWebApp app = TestWebApp.builder()
                .setup(context -> {
                    FilterRegistration byName = context.addFilter("byName", mark("name"));
                    byName.addMappingForServletNames(null, true, "target");
                    FilterRegistration byPattern = context.addFilter("byPattern", mark("pattern"));
                    byPattern.addMappingForUrlPatterns(null, true, "/x/*");
                })
                .namedServlet("target", print("s"), "/x/y")
                .start()) {
            assertThat(app.get("/app/x/y").body()).isEqualTo("pattern(name(s))");
        }
    }

    @Test
    void mappingsBeforeTheOthersComeFirst() {
        try (TestWebApp app = TestWebApp.builder()
                .filter("/*", mark("after"))
                .setup(context -> context.addFilter("before", mark("before"))
                        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*"))
                .servlet("/x", print("s"))
                .start()) {
            assertThat(app.get("/app/x").body()).isEqualTo("before(after(s))");
        }
    }

    @Test
    void dispatcherTypes() {
        try (TestWebApp app = TestWebApp.builder()
                .filter("/*", mark("request"))
                .filter("/*", mark("forward"), DispatcherType.FORWARD)
                .filter("/*", mark("include"), DispatcherType.INCLUDE)
                .servlet("/forward", (request, response) -> request.getRequestDispatcher("/x")
                        .forward(request, response))
                .servlet("/include", (request, response) -> request.getRequestDispatcher("/x")
                        .include(request, response))
                .servlet("/x", print("s"))
                .start()) {
            assertThat(app.get("/app/x").body()).isEqualTo("request(s)");
            assertThat(app.get("/app/forward").body()).isEqualTo("forward(s)");
            assertThat(app.get("/app/include").body()).isEqualTo("request(include(s))");
        }
    }

    @Test
    void aFilterThatDoesNotGoOnAnswersItself() {
        try (TestWebApp app = TestWebApp.builder()
                .filter("/*", (request, response, chain) -> response.getWriter().print("no"))
                .servlet("/x", print("s"))
                .start()) {
            assertThat(app.get("/app/x").body()).isEqualTo("no");
        }
    }

    @Test
    void filtersRunForStaticFilesAndMissingOnes() {
        try (TestWebApp app = TestWebApp.builder()
                .filter("*.txt", (request, response, chain) -> {
                    ((HttpServletResponse) response).setHeader("X-Filtered", "yes");
                    chain.doFilter(request, response);
                })
                .file("/a.txt", "text")
                .start()) {
            assertThat(app.get("/app/a.txt").body()).isEqualTo("text");
            assertThat(app.get("/app/a.txt").header("X-Filtered")).contains("yes");
            assertThat(app.get("/app/none.txt").header("X-Filtered")).contains("yes");
        }
    }

    @Test
    void aFilterMappedTwiceRunsOnce() {
        try (TestWebApp app = TestWebApp.builder()
                .setup(context -> context.addFilter("f", mark("f")).addMappingForUrlPatterns(null, true, "/*", "/x"))
                .servlet("/x", print("s"))
                .start()) {
            assertThat(app.get("/app/x").body()).isEqualTo("f(s)");
        }
    }
}
