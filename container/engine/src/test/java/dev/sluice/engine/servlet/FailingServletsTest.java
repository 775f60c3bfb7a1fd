package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.descriptor.ServletDescriptor;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A servlet that fails at the start is out of service alone, unless the application is strict. */
class FailingServletsTest {

    /** Fails in init. */
    public static final class Failing extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        public void init(ServletConfig config) throws ServletException {
            throw new ServletException("no database");
        }
    }

    private static ServletDescriptor servlet(String name, String type) {
        return new ServletDescriptor(
                name, type, null, Map.of(), 1, true, true, List.of("/" + name), Map.of(), null, null);
    }

    private static TestWebApp.Builder app(String type) {
        return TestWebApp.builder()
                .descriptor(builder -> builder.servlets(List.of(servlet("bad", type))))
                .servlet("/good", (request, response) -> response.getWriter().print("good"));
    }

    @Test
    void oneThatCannotBeLoadedIsNotFound() {
        try (TestWebApp app = app("example.Missing").start()) {
            assertThat(app.get("/app/good").body()).isEqualTo("good");
            assertThat(app.get("/app/bad").status()).isEqualTo(404);
            assertThat(app.application().degradations())
                    .singleElement()
                    .asString()
                    .contains("servlet bad", "example.Missing", "cannot be loaded");
        }
    }

    @Test
    void oneWhoseInitFailsIsTriedAgainByItsRequests() {
        try (TestWebApp app = app(Failing.class.getName()).start()) {
            assertThat(app.get("/app/good").body()).isEqualTo("good");
            assertThat(app.get("/app/bad").status()).isEqualTo(500);
            assertThat(app.get("/app/bad").status()).isEqualTo(500);
            assertThat(app.application().degradations())
                    .singleElement()
                    .asString()
                    .contains("servlet bad", "no database", "cannot be initialised");
        }
    }

    @Test
    void aStrictApplicationFailsWithThem() {
        for (String type : new String[] {"example.Missing", Failing.class.getName()}) {
            assertThatThrownBy(() ->
                            app(type).options(options -> options.strict(true)).start())
                    .hasCauseInstanceOf(ServletException.class);
        }
    }

    @Test
    void aWholeApplicationHasNone() {
        try (TestWebApp app = TestWebApp.builder().start()) {
            assertThat(app.application().degradations()).isEmpty();
        }
    }
}
