package dev.sluice.war;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.war.annotation.LibraryFiles;
import dev.sluice.war.archive.Library;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A jar is indexed once for its content, wherever it lies. */
class IndexCacheTest extends Loading {
    private final IndexCache cache = new IndexCache();

    private LibraryFiles jar(String name, String source) throws Exception {
        Path file = ArchiveFile.empty().compiled("", Sources.compile(source)).write(directory.resolve(name));
        return LibraryFiles.of(new Library(name, file));
    }

    @Test
    void theSameContentIsReadOnce() throws Exception {
        Object first = cache.index(jar("a.jar", "package a; public class A {}"));
        assertThat(cache.index(jar("copy.jar", "package a; public class A {}"))).isSameAs(first);
        assertThat(cache.hits()).isEqualTo(1);
    }

    @Test
    void otherContentUnderTheSameNameIsReadAgain() throws Exception {
        Object first = cache.index(jar("a.jar", "package a; public class A {}"));
        assertThat(cache.index(jar("a.jar", "package a; public class B {}"))).isNotSameAs(first);
        assertThat(cache.hits()).isZero();
    }
}
