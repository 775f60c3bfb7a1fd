package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.fixture.DirectoryResources;
import dev.sluice.engine.resource.WebResource;
import java.io.File;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that applications hand to their context are text and no URLs (Servlet 6.1, 4.6, and {@code ServletContext}). */
class LiteralPathsTest {
    @TempDir
    Path root;

    private ContextResources resources() {
        return new ContextResources(new DirectoryResources(root), Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gr\u00fc\u00dfe.txt",
                "\u65e5\u672c.txt",
                "per%cent",
                "a%20b",
                "a b",
                "hash#",
                "q?",
                "semi;",
                "semi;jsessionid=1",
                "plus+",
                "{curly}",
            })
    void everyCharacterStandsForItself(String name) throws Exception {
        Path file = Files.writeString(Files.createDirectories(root.resolve("f")).resolve(name), name);
        ContextResources resources = resources();

        assertThat(resources.paths("/f/")).containsExactly("/f/" + name);
        assertThat(resources.realPath("/f/" + name)).isEqualTo(file.toString());
        try (InputStream in = resources.open("/f/" + name)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(name);
        }
        URL url = resources.url("/f/" + name);
        assertThat(Path.of(url.toURI())).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/f/%61.txt",
                "/f/a.txt;x",
                "/f/a.txt?x",
                "/f/a.txt#x",
                "/f;x/a.txt",
                "/f/a%2etxt",
                "/f/a.txt\u0000",
                "/f\u0000/a.txt",
                "/f/..%2fa.txt",
                "/../f/a.txt",
                "/..",
                "/f\\a.txt",
                "/f/\\..\\f\\a.txt",
            })
    void nothingElseIsFound(String path) throws Exception {
        Files.writeString(Files.createDirectories(root.resolve("f")).resolve("a.txt"), "x");
        ContextResources resources = resources();

        assertThat(resources.url(path)).isNull();
        assertThat(resources.open(path)).isNull();
        assertThat(resources.find(path)).isNull();
    }

    @Test
    void onlySlashesAndDotSegmentsMeanSomething() throws Exception {
        Files.writeString(Files.createDirectories(root.resolve("f")).resolve("a.txt"), "x");
        ContextResources resources = resources();

        for (String path : new String[] {"/f/a.txt", "//f//a.txt", "/./f/./a.txt", "/x/../f/a.txt", "/f/b/../a.txt"}) {
            WebResource found = resources.find(path);
            assertThat(found).as(path).isNotNull();
            assertThat(found.path()).isEqualTo("/f/a.txt");
        }
        assertThat(resources.find("/f/a.txt/..")).extracting(WebResource::path).isEqualTo("/f/");
    }

    @Test
    void realPathsOfDirectoriesEndAsTheyAreWritten() throws Exception {
        Files.createDirectories(root.resolve("dir"));
        ContextResources resources = resources();

        assertThat(resources.realPath("/")).isEqualTo(root + File.separator);
        assertThat(resources.realPath("")).isEqualTo(root + File.separator);
        assertThat(resources.realPath("/dir")).isEqualTo(root.resolve("dir").toString());
        assertThat(resources.realPath("dir/")).isEqualTo(root.resolve("dir") + File.separator);
        assertThat(resources.realPath("/none.txt"))
                .isEqualTo(root.resolve("none.txt").toString());
        assertThat(resources.realPath("/none/")).isEqualTo(root.resolve("none") + File.separator);
    }

    @Test
    void thereIsNoRealPathOutside() {
        ContextResources resources = resources();

        assertThat(resources.realPath("/../x")).isNull();
        assertThat(resources.realPath("/a/../../x")).isNull();
        assertThat(resources.realPath("/x\u0000")).isNull();
        assertThat(resources.realPath("/..\\x")).isNull();
        assertThat(resources.realPath(null)).isNull();
    }

    @Test
    void aPathBeginsWithASlash() {
        ContextResources resources = resources();

        assertThatThrownBy(() -> resources.url("f/a.txt")).isInstanceOf(MalformedURLException.class);
        assertThatThrownBy(() -> resources.paths("f/")).isInstanceOf(IllegalArgumentException.class);
        assertThat(resources.open("f/a.txt")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/f/gr%C3%BC%C3%9Fe.txt",
                "/app/f/per%25cent",
                "/app/f/hash%23",
                "/app/f/q%3F",
                "/app/f/semi%3B",
                "/app/f/a%20b",
                "/app/f/%E6%97%A5%E6%9C%AC.txt",
            })
    void clientsReachThemEncoded(String target) {
        try (TestWebApp app = TestWebApp.builder()
                .file("/f/gr\u00fc\u00dfe.txt", "found")
                .file("/f/per%cent", "found")
                .file("/f/hash#", "found")
                .file("/f/q?", "found")
                .file("/f/semi;", "found")
                .file("/f/a b", "found")
                .file("/f/\u65e5\u672c.txt", "found")
                .start()) {
            assertThat(app.get(target).body()).isEqualTo("found");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/gr\u00fc\u00dfe.txt",
                "/gr%C3%BC%C3%9Fe.txt",
                "/\u65e5\u672c.txt",
                "/a b.txt",
                "/a%20b.txt",
                "/semi%3B"
            })
    void dispatchersTakeUrlsInWhichOtherCharactersStandForThemselves(String target) {
        try (TestWebApp app = TestWebApp.builder()
                .file("/gr\u00fc\u00dfe.txt", "found")
                .file("/\u65e5\u672c.txt", "found")
                .file("/a b.txt", "found")
                .file("/semi;", "found")
                .servlet("/forward", (request, response) -> request.getRequestDispatcher(target)
                        .forward(request, response))
                .servlet("/include", (request, response) -> request.getServletContext()
                        .getRequestDispatcher(target)
                        .include(request, response))
                .start()) {
            assertThat(app.get("/app/forward").body()).isEqualTo("found");
            assertThat(app.get("/app/include").body()).isEqualTo("found");
        }
    }

    @Test
    void relativeDispatchersKeepTheDirectoryAsItIs() {
        try (TestWebApp app = TestWebApp.builder()
                .file("/d\u00fc%41;#? /file.txt", "found")
                .servlet("*.go", (request, response) -> request.getRequestDispatcher("file.txt")
                        .forward(request, response))
                .start()) {
            assertThat(app.get("/app/d%C3%BC%2541%3B%23%3F%20/x.go").body()).isEqualTo("found");
        }
    }
}
