package dev.sluice.war.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.war.ArchiveFile;
import dev.sluice.war.LoadedWebApplication;
import dev.sluice.war.Loading;
import dev.sluice.war.Sources;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A closed application leaves nothing: no loader, no open file, no directory. */
class ReleaseTest extends Loading {
    private static final List<Map<String, byte[]>> VARIANTS = List.of(code("even"), code("odd"));

    private static Map<String, byte[]> code(String text) {
        return Sources.compile("package app; public class App { static final byte[] BIG = new byte[1000];"
                + " public static String text() { return \"" + text + "\"; } }");
    }

    private static ArchiveFile war(String text) {
        return war(text, VARIANTS.get(0));
    }

    private static ArchiveFile war(String text, Map<String, byte[]> code) {
        return ArchiveFile.empty()
                .webXml("")
                .compiled("WEB-INF/classes/", code)
                .library(
                        "lib.jar",
                        ArchiveFile.empty()
                                .text("META-INF/resources/r.txt", text)
                                .text("data.txt", text));
    }

    private WeakReference<ClassLoader> use(ArchiveFile war) throws Exception {
        try (LoadedWebApplication loaded = load(war)) {
            loaded.classLoader().loadClass("app.App").getMethod("text").invoke(null);
            return new WeakReference<>(loaded.classLoader());
        }
    }

    @Test
    void theLoaderIsCollected() throws Exception {
        WeakReference<ClassLoader> loader = use(war("x"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            System.gc();
            return loader.get() == null;
        });
    }

    @Test
    void whatWasUnpackedIsRemoved() throws Exception {
        use(war("x"));
        assertThat(directory.resolve("work")).isEmptyDirectory();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noFileStaysOpenEvenIfTheApplicationReadUrls() throws Exception {
        try (LoadedWebApplication loaded = load(war("x"))) {
            URL url = loaded.classLoader().getResource("data.txt");
            try (InputStream in = url.openStream()) {
                in.readAllBytes();
            }
            try (InputStream in = loaded.resources().find("/r.txt").url().openStream()) {
                in.readAllBytes();
            }
            assertThat(openFiles(loaded.root())).isPositive();
        }
        assertThat(openFiles(directory)).isZero();
    }

    private static long openFiles(Path below) throws Exception {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(fd -> target(fd).startsWith(below.toString()))
                    .count();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (java.io.IOException closedMeanwhile) {
            return "";
        }
    }

    @Test
    void aRedeployServesTheNewBytesEveryTime() throws Exception {
        String before = "";
        for (int i = 0; i < 100; i++) {
            try (LoadedWebApplication loaded = load(war("round " + i, VARIANTS.get(i % 2)))) {
                assertThat(loaded.classLoader()
                                .loadClass("app.App")
                                .getMethod("text")
                                .invoke(null))
                        .isEqualTo(i % 2 == 0 ? "even" : "odd");
                try (InputStream in =
                        loaded.classLoader().getResource("data.txt").openStream()) {
                    assertThat(in).hasContent("round " + i);
                }
                assertThat(loaded.contentHash()).isNotEqualTo(before);
                before = loaded.contentHash();
            }
        }
    }

    @Test
    void afterCloseNothingMoreIsLoaded() throws Exception {
        LoadedWebApplication loaded = load(war("x"));
        loaded.close();
        assertThatThrownBy(() -> loaded.classLoader().loadClass("app.App")).isInstanceOf(ClassNotFoundException.class);
    }
}
