package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A request for a directory gets its welcome file: files before servlets, in their order (Servlet 6.1, 10.10). */
class WelcomeFileTest {

    private static TestWebApp.Builder app() {
        return TestWebApp.builder()
                .descriptor(builder -> builder.welcomeFiles(List.of("index.html", "start")))
                .file("/index.html", "root")
                .file("/dir/index.html", "dir")
                .file("/empty/other.txt", "other");
    }

    @Test
    void fileOfTheDirectory() {
        try (TestWebApp app = app().start()) {
            assertThat(app.get("/app/").body()).isEqualTo("root");
            assertThat(app.get("/app/dir/").body()).isEqualTo("dir");
        }
    }

    @Test
    void directoryWithoutSlashIsRedirected() {
        try (TestWebApp app = app().start()) {
            assertThat(app.get("/app/dir?a=b").header("Location"))
                    .hasValueSatisfying(location -> assertThat(location).endsWith("/app/dir/?a=b"));
        }
    }

    @Test
    void servletWhereThereIsNoFile() {
        try (TestWebApp app = app().servlet("/empty/start", (request, response) -> response.getWriter()
                        .print(request.getServletPath() + " " + request.getRequestURI()))
                .start()) {
            assertThat(app.get("/app/empty/").body()).isEqualTo("/empty/start /app/empty/");
        }
    }

    @Test
    void noneIsNotFound() {
        try (TestWebApp app = app().start()) {
            assertThat(app.get("/app/empty/").status()).isEqualTo(404);
        }
    }

    @Test
    void privateDirectoriesHaveNone() {
        try (TestWebApp app = app().file("/WEB-INF/index.html", "secret")
                .file("/META-INF/index.html", "secret")
                .servlet("*.html", (request, response) -> response.getWriter().print("secret"))
                .start()) {
            for (String path : List.of(
                    "/app/WEB-INF/",
                    "/app/web-inf/index.html",
                    "/app/META-INF/index.html",
                    "/app/x/../WEB-INF/",
                    "/app/%57EB-INF/")) {
                assertThat(app.get(path).status()).as(path).isEqualTo(404);
            }
        }
    }
}
