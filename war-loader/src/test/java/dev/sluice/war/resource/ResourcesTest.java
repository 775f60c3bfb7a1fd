package dev.sluice.war.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.resource.WebResource;
import dev.sluice.engine.resource.WebResources;
import dev.sluice.war.ArchiveFile;
import dev.sluice.war.Archives;
import dev.sluice.war.LoadedWebApplication;
import dev.sluice.war.Loading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servlet 6.1, 4.6: the application's files come first, then META-INF/resources of its libraries. */
class ResourcesTest extends Loading {

    private static ArchiveFile war() {
        return ArchiveFile.empty()
                .webXml("")
                .text("index.html", "own index")
                .text("css/own.css", "own css")
                .library(
                        "a.jar",
                        ArchiveFile.empty()
                                .text("META-INF/resources/index.html", "index of a")
                                .text("META-INF/resources/css/lib.css", "css of a")
                                .text("META-INF/resources/deep/er/x y%.txt", "spaces"))
                .library("b.jar", ArchiveFile.empty().text("META-INF/resources/css/lib.css", "css of b"));
    }

    private static String text(WebResource resource) throws IOException {
        try (InputStream in = resource.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void ownFilesWinAndLibrariesFollowInOrder() throws Exception {
        try (LoadedWebApplication loaded = load(war())) {
            WebResources resources = loaded.resources();
            assertThat(text(resources.find("/index.html"))).isEqualTo("own index");
            assertThat(text(resources.find("/css/lib.css"))).isEqualTo("css of a");
            assertThat(resources.find("/css/none.css")).isNull();
        }
    }

    @Test
    void fragmentOrderDecidesAmongLibraries() throws Exception {
        ArchiveFile war = war().webXml("<absolute-ordering><name>second</name><others/></absolute-ordering>")
                .library(
                        "b.jar",
                        ArchiveFile.empty()
                                .fragment("<name>second</name>")
                                .text("META-INF/resources/css/lib.css", "css of b"));
        try (LoadedWebApplication loaded = load(war)) {
            assertThat(text(loaded.resources().find("/css/lib.css"))).isEqualTo("css of b");
        }
    }

    @Test
    void directoriesListBoth() throws Exception {
        try (LoadedWebApplication loaded = load(war())) {
            WebResources resources = loaded.resources();
            assertThat(resources.list("/css")).containsExactly("/css/lib.css", "/css/own.css");
            assertThat(resources.list("/css/")).containsExactly("/css/lib.css", "/css/own.css");
            assertThat(resources.list("/")).contains("/index.html", "/css/", "/deep/", "/WEB-INF/");
            assertThat(resources.list("/deep")).containsExactly("/deep/er/");
            assertThat(resources.list("/index.html")).isEmpty();
            assertThat(resources.find("/css").directory()).isTrue();
            assertThat(resources.find("/deep/").directory()).isTrue();
            assertThat(resources.find("/index.html/")).isNull();
        }
    }

    @Test
    void urlsCanBeOpened() throws Exception {
        try (LoadedWebApplication loaded = load(war())) {
            for (String path : new String[] {"/index.html", "/css/lib.css", "/deep/er/x y%.txt"}) {
                WebResource resource = loaded.resources().find(path);
                try (InputStream in = resource.url().openStream()) {
                    assertThat(in).hasContent(text(resource));
                }
            }
        }
    }

    @Test
    void validatorsAndSizes() throws Exception {
        try (LoadedWebApplication loaded = load(war())) {
            WebResource own = loaded.resources().find("/css/own.css");
            WebResource other = loaded.resources().find("/css/lib.css");
            assertThat(own.size()).isEqualTo(7);
            assertThat(own.file()).exists();
            assertThat(other.size()).isEqualTo(8);
            assertThat(other.file()).isNull();
            assertThat(other.entityTag()).isNotBlank().isNotEqualTo(own.entityTag());
        }
    }

    private Path withLinks() throws Exception {
        Path root = war().explode(directory.resolve("exploded"));
        Path secret = Files.writeString(directory.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(root.resolve("link.txt"), secret);
        Files.createSymbolicLink(root.resolve("inner.txt"), root.resolve("index.html"));
        Files.createSymbolicLink(root.resolve("outside"), Files.createDirectory(directory.resolve("other")));
        Files.writeString(directory.resolve("other").resolve("a.txt"), "other");
        Files.createSymbolicLink(root.resolve("public"), root.resolve("WEB-INF"));
        Files.createSymbolicLink(root.resolve("web.txt"), root.resolve("WEB-INF/web.xml"));
        return root;
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        try (LoadedWebApplication loaded = (LoadedWebApplication) Archives.open(withLinks(), options())) {
            for (String path :
                    List.of("/link.txt", "/inner.txt", "/outside", "/outside/a.txt", "/public/web.xml", "/web.txt")) {
                assertThat(loaded.resources().find(path)).as(path).isNull();
            }
            assertThat(loaded.resources().find("/../secret.txt")).isNull();
            assertThat(loaded.resources().list("/")).doesNotContain("/link.txt", "/outside/", "/public/");
            assertThat(loaded.resources().list("/outside")).isEmpty();
            assertThat(text(loaded.resources().find("/index.html"))).isEqualTo("own index");
        }
    }

    @Test
    void linksAreFollowedByOptionButNeverIntoPrivateDirectories() throws Exception {
        try (LoadedWebApplication loaded =
                (LoadedWebApplication) Archives.open(withLinks(), options().withLinks(true))) {
            assertThat(text(loaded.resources().find("/link.txt"))).isEqualTo("secret");
            assertThat(text(loaded.resources().find("/inner.txt"))).isEqualTo("own index");
            assertThat(text(loaded.resources().find("/outside/a.txt"))).isEqualTo("other");
            assertThat(loaded.resources().list("/outside")).containsExactly("/outside/a.txt");
            assertThat(loaded.resources().find("/public/web.xml")).isNull();
            assertThat(loaded.resources().find("/public")).isNull();
            assertThat(loaded.resources().find("/web.txt")).isNull();
            assertThat(loaded.resources().find("/WEB-INF/web.xml")).isNotNull();
        }
    }

    @Test
    void namesAreThoseOnDisk() throws Exception {
        try (LoadedWebApplication loaded = load(war())) {
            for (String path :
                    List.of("/INDEX.html", "/Css/own.css", "/web-inf/web.xml", "/WEB-IN~1/web.xml", "/index.html.")) {
                assertThat(loaded.resources().find(path)).as(path).isNull();
            }
        }
    }

    @Test
    void fragmentsThatAnOrderingLeavesOutKeepTheirResources() throws Exception {
        ArchiveFile war = war().webXml("<absolute-ordering/>")
                .library(
                        "named.jar",
                        ArchiveFile.empty()
                                .fragment("<name>named</name>")
                                .text("META-INF/resources/css/named.css", "css of named"));
        try (LoadedWebApplication loaded = load(war)) {
            assertThat(text(loaded.resources().find("/css/lib.css"))).isEqualTo("css of a");
            assertThat(text(loaded.resources().find("/css/named.css"))).isEqualTo("css of named");
        }
    }

    @Test
    void anExplodedDirectoryIsServedWhereItIsAndKept() throws Exception {
        Path root = war().explode(directory.resolve("exploded"));
        try (LoadedWebApplication loaded = (LoadedWebApplication) Archives.open(root, options())) {
            assertThat(loaded.name()).isEqualTo("exploded");
            assertThat(loaded.root()).isEqualTo(root);
            Files.writeString(root.resolve("index.html"), "edited");
            assertThat(text(loaded.resources().find("/index.html"))).isEqualTo("edited");
        }
        assertThat(root.resolve("index.html")).exists();
    }
}
