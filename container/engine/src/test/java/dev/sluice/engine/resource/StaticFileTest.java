package dev.sluice.engine.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.engine.fixture.Context;
import dev.sluice.engine.fixture.Request;
import dev.sluice.engine.fixture.Response;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the default servlet answers without conditions and ranges (Servlet 6.1, 12.2, 9.3 and 10.10). */
class StaticFileTest {
    @TempDir
    Path root;

    private StaticSite site;

    @BeforeEach
    void fill() throws Exception {
        site = new StaticSite(root)
                .file("a.txt", "hello")
                .file("dir/b.html", "<p>")
                .file("WEB-INF/web.xml", "<web-app/>")
                .file("META-INF/x", "x");
    }

    @Test
    void headAndBody() throws Exception {
        Response response = site.get("/a.txt");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("hello");
        assertThat(response.header("Content-Type")).isEqualTo("text/plain");
        assertThat(response.header("Content-Length")).isEqualTo("5");
        assertThat(response.header("Last-Modified")).isEqualTo(StaticSite.MODIFIED);
        assertThat(response.header("ETag")).matches("\"5-[0-9a-f]+\"");
        assertThat(response.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(response.header("Vary")).isNull();
    }

    @Test
    void headHasTheLengthButNoBody() throws Exception {
        Response response = site.send("HEAD", "/a.txt");
        assertThat(response.header("Content-Length")).isEqualTo("5");
        assertThat(response.bytes()).isEmpty();
    }

    @Test
    void optionsTellsTheMethods() throws Exception {
        assertThat(site.send("OPTIONS", "/a.txt").header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    /** CVE-2025-24813 and its kin: nothing can be written, not even in parts. */
    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "POST", "PATCH", "TRACE", "MKCOL", "get"})
    void otherMethodsAreRefused(String method) throws Exception {
        Response response = site.send(method, "/a.txt", "Content-Range", "bytes 0-1/5");
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(root.resolve("a.txt")).hasContent("hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/./WEB-INF/web.xml",
                "//WEB-INF/web.xml",
                "/dir/../WEB-INF/web.xml",
                "/..",
                "/dir/.",
                "/dir\\b.html",
                "/a.txt\u0000",
                "/none",
                "/a.txt/",
                "/WEB-INF/web.xml",
                "/web-inf/web.xml",
                "/WEB-INF",
                "/WEB-INF/",
                "/Meta-Inf/x",
                "/META-INF/x",
                "/dir/"
            })
    void notFound(String path) throws Exception {
        assertThat(site.get(path).status()).isEqualTo(404);
    }

    @Test
    void aDirectoryGetsItsSlash() throws Exception {
        assertThat(site.get("/dir?q=1").redirect()).isEqualTo("/app/dir/?q=1");
    }

    @Nested
    class Dispatches {
        private Response dispatch(DispatcherType type, String method, String path) throws Exception {
            return site.send(new Request(method, path).dispatch(type));
        }

        @Test
        void aForwardMayGoWhereClientsMayNot() throws Exception {
            assertThat(dispatch(DispatcherType.FORWARD, "POST", "/WEB-INF/web.xml")
                            .text())
                    .isEqualTo("<web-app/>");
        }

        @Test
        void anErrorPageKeepsItsStatus() throws Exception {
            Response response = new Response();
            response.setStatus(404);
            site.send(
                    new Request("PUT", "/a.txt")
                            .dispatch(DispatcherType.ERROR)
                            .header("If-Modified-Since", StaticSite.MODIFIED)
                            .header("Range", "bytes=0-1"),
                    response);
            assertThat(response.status()).isEqualTo(404);
            assertThat(response.text()).isEqualTo("hello");
        }

        @Test
        void anIncludeAddsContentOnly() throws Exception {
            Response response = site.send(new Request("GET", "/page")
                    .dispatch(DispatcherType.INCLUDE)
                    .attribute("jakarta.servlet.include.request_uri", "/app/a.txt")
                    .attribute("jakarta.servlet.include.servlet_path", "/a.txt"));
            assertThat(response.text()).isEqualTo("hello");
            assertThat(response.header("Content-Length")).isNull();
            assertThat(response.header("ETag")).isNull();
        }

        @Test
        void anIncludeBehindAWriterIsText() throws Exception {
            Response response = new Response();
            response.getWriter().print("<");
            site.file("u.txt", "\u00e4").send(new Request("GET", "/u.txt").dispatch(DispatcherType.INCLUDE), response);
            assertThat(response.text()).endsWith("\u00e4");
        }

        @Test
        void anIncludeOfNothingIsAnException() {
            assertThatExceptionOfType(FileNotFoundException.class)
                    .isThrownBy(() -> dispatch(DispatcherType.INCLUDE, "GET", "/none"));
        }
    }

    @Nested
    class Types {
        @Test
        void textIsLabelledOnDemand() throws Exception {
            StaticSite utf8 =
                    new StaticSite(root, StaticOptions.DEFAULT.withTextCharset(StandardCharsets.UTF_8), new Context());
            assertThat(utf8.get("/a.txt").header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
            utf8.file("p.png", "x");
            assertThat(utf8.get("/p.png").header("Content-Type")).isEqualTo("image/png");
            StaticSite declared =
                    new StaticSite(root, StaticOptions.DEFAULT, new Context().responseCharacterEncoding("ISO-8859-15"));
            assertThat(declared.get("/a.txt").header("Content-Type")).isEqualTo("text/plain;charset=ISO-8859-15");
        }

        @Test
        void anUnknownTypeIsNotGuessed() throws Exception {
            assertThat(site.file("x.unheardof", "x").get("/x.unheardof").header("Content-Type"))
                    .isNull();
        }

        @Test
        void theTableIsTheWholeOne() {
            assertThat(MediaTypes.ofFile("/a/b.HTML")).isEqualTo("text/html");
            assertThat(MediaTypes.ofFile("x.tar.gz")).isEqualTo("application/gzip");
            assertThat(MediaTypes.ofFile("x.odt")).isEqualTo("application/vnd.oasis.opendocument.text");
            assertThat(MediaTypes.ofFile("x.md")).isEqualTo("text/markdown");
            assertThat(MediaTypes.ofFile("x.mov")).isEqualTo("video/quicktime");
            assertThat(MediaTypes.ofFile("x.class")).isEqualTo("application/java-vm");
            assertThat(MediaTypes.ofFile("x.d/readme")).isNull();
            assertThat(MediaTypes.ofFile("x.")).isNull();
        }
    }

    @Nested
    class Listings {
        @Test
        void escapedAndWithoutPrivateDirectories() throws Exception {
            StaticSite listed = new StaticSite(root, StaticOptions.DEFAULT.withListings(true), new Context());
            listed.file("<b>&\"x\" 1.txt", "x");
            Response response = listed.get("/");
            assertThat(response.text())
                    .contains(
                            "href=\"./a.txt\"",
                            "href=\"./dir/\"",
                            "%3Cb%3E%26%22x%22%201.txt",
                            "&lt;b&gt;&amp;&quot;x&quot;")
                    .doesNotContain("WEB-INF", "META-INF", "<b>");
            assertThat(response.header("Content-Type")).isEqualTo("text/html; charset=UTF-8");
            assertThat(listed.get("/dir/").text()).contains("b.html").contains("../");
        }
    }

    @Nested
    class Sending {
        private final List<String> sent = new ArrayList<>();
        private final FileSender sender =
                (file, position, count) -> sent.add(file.getFileName() + " " + position + " " + count);

        private Request large() throws IOException {
            site.file("large.bin", new byte[100_000]);
            return new Request("GET", "/large.bin").attribute(FileSender.class.getName(), sender);
        }

        @Test
        void aLargeFileGoesWithoutCopying() throws Exception {
            assertThat(site.send(large()).bytes()).isEmpty();
            site.send(large().header("Range", "bytes=10-99999"));
            assertThat(sent).containsExactly("large.bin 0 100000", "large.bin 10 99990");
        }

        @Test
        void aSmallOneDoesNot() throws Exception {
            assertThat(site.send(large().header("Range", "bytes=0-9")).bytes()).hasSize(10);
            assertThat(sent).isEmpty();
        }

        @Test
        void aWrappedResponseSeesTheBytes() throws Exception {
            Response response = new Response();
            Request request = large();
            site.service(request, new HttpServletResponseWrapper(response.view()));
            assertThat(response.bytes()).hasSize(100_000);
            assertThat(sent).isEmpty();
        }
    }

    @Test
    void aChangeIsSeenAfterAMoment() throws Exception {
        assertThat(site.get("/a.txt").text()).isEqualTo("hello");
        site.file("a.txt", "changed");
        site.clock.pass(Duration.ofSeconds(1));
        assertThat(site.get("/a.txt").text()).isEqualTo("changed");
        Files.delete(root.resolve("a.txt"));
        site.clock.pass(Duration.ofSeconds(1));
        assertThat(site.get("/a.txt").status()).isEqualTo(404);
    }
}
