package dev.sluice.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.war.archive.ArchiveException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A handler jar is found by its manifest or its service file, and its class loads. */
class HandlerJarTest extends Loading {
    private static final Map<String, byte[]> APP =
            Sources.compile("package shop; public class App { public String hi() { return \"hi\"; } }");

    private LoadedHandler open(ArchiveFile jar) throws ArchiveException {
        return (LoadedHandler) Archives.open(jar.write(directory.resolve("shop.jar")), options());
    }

    @Test
    void manifestAttributeNamesTheClass() throws Exception {
        try (LoadedHandler loaded = open(
                ArchiveFile.empty().manifest("Sluice-Application: shop.App").compiled("", APP))) {
            assertThat(loaded.name()).isEqualTo("shop");
            assertThat(loaded.className()).isEqualTo("shop.App");
            Class<?> type = loaded.classLoader().loadClass("shop.App");
            assertThat(type.getClassLoader()).isSameAs(loaded.classLoader());
            assertThat(loaded.contentHash()).hasSize(64);
        }
    }

    @Test
    void serviceFileNamesTheClass() throws Exception {
        String service = "META-INF/services/dev.sluice.api.HandlerApplication";
        try (LoadedHandler loaded =
                open(ArchiveFile.empty().text(service, "# ours\nshop.App\n").compiled("", APP))) {
            assertThat(loaded.className()).isEqualTo("shop.App");
        }
    }

    @Test
    void nestedJarsOfMetaInfLibAreOnTheClassPath() throws Exception {
        byte[] library = ArchiveFile.empty()
                .compiled("", Sources.compile("package lib; public class Tool {}"))
                .toBytes();
        ArchiveFile jar = ArchiveFile.empty()
                .manifest("Sluice-Application: shop.App")
                .compiled("", APP)
                .bytes("META-INF/lib/tool.jar", library);
        try (LoadedHandler loaded = open(jar)) {
            assertThat(loaded.classLoader().loadClass("lib.Tool").getClassLoader())
                    .isSameAs(loaded.classLoader());
        }
    }

    @Test
    void aDirectoryOfClassesWorksToo() throws Exception {
        Path classes = ArchiveFile.empty()
                .manifest("Sluice-Application: shop.App")
                .compiled("", APP)
                .explode(directory.resolve("shop"));
        try (LoadedArchive loaded = Archives.open(classes, options())) {
            assertThat(loaded).isInstanceOf(LoadedHandler.class);
            assertThat(loaded.classLoader().loadClass("shop.App")).isNotNull();
        }
        assertThat(classes.resolve("shop/App.class")).exists();
    }

    @Test
    void aMissingClassIsNamed() {
        assertThatThrownBy(() -> open(ArchiveFile.empty().manifest("Sluice-Application: shop.Gone")))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("shop.Gone");
        assertThat(directory.resolve("work")).isEmptyDirectory();
    }

    @Test
    void aJarThatIsNeitherSaysWhatIsExpected() {
        assertThatThrownBy(() -> open(ArchiveFile.empty().compiled("", APP)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("Sluice-Application");
    }

    @Test
    void theOriginalMayBeReplacedWhileItIsLoaded() throws Exception {
        try (LoadedHandler loaded = open(
                ArchiveFile.empty().manifest("Sluice-Application: shop.App").compiled("", APP))) {
            Files.write(loaded.source(), new byte[10]);
            assertThat(loaded.classLoader().loadClass("shop.App")).isNotNull();
        }
    }
}
