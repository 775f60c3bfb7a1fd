package dev.sluice.deploy.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiled pages outlive the application's temporary directory, by the hash of the archive. */
class CompiledPagesTest {
    private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));

    @TempDir
    private Path directory;

    private CompiledPages pages;

    @BeforeEach
    void open() {
        pages = new CompiledPages(directory.resolve("pages"), false);
    }

    private Path compiled(String temporary, String content, FileTime time) throws Exception {
        Path file = directory.resolve(temporary).resolve("org/apache/jsp/shop/cart_jsp.class");
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.writeString(file.resolveSibling("cart_jsp.java"), "source");
        Files.setLastModifiedTime(file, time);
        return file;
    }

    private Path restored(String hash, String temporary) throws Exception {
        Path target = Files.createDirectories(directory.resolve(temporary));
        pages.restore(hash, target);
        return target.resolve("org/apache/jsp/shop/cart_jsp.class");
    }

    @Test
    void classesComeBackWithTheirTimes() throws Exception {
        compiled("first", "code", TIME);
        pages.keep("a1", directory.resolve("first"));
        Path class2 = restored("a1", "second");
        assertThat(class2).hasContent("code");
        assertThat(Files.getLastModifiedTime(class2)).isEqualTo(TIME);
        assertThat(class2.resolveSibling("cart_jsp.java")).doesNotExist();
    }

    @Test
    void pagesThatMayEndTheProcessAreNotUsedWhereThatIsRefused() throws Exception {
        compiled("first", "code", TIME);
        pages.keep("a1", directory.resolve("first"));
        pages = new CompiledPages(directory.resolve("pages"), true);
        assertThat(restored("a1", "second")).doesNotExist();
        compiled("third", "refusing", TIME);
        pages.keep("a1", directory.resolve("third"));
        assertThat(restored("a1", "fourth")).hasContent("refusing");
    }

    @Test
    void anotherArchiveSeesNothing() throws Exception {
        compiled("first", "code", TIME);
        pages.keep("a1", directory.resolve("first"));
        assertThat(restored("b2", "second")).doesNotExist();
    }

    @Test
    void aPageThatWasCompiledAgainReplacesTheOldOne() throws Exception {
        compiled("first", "old", TIME);
        pages.keep("a1", directory.resolve("first"));
        compiled("second", "new", FileTime.from(TIME.toInstant().plusSeconds(2)));
        pages.keep("a1", directory.resolve("second"));
        assertThat(restored("a1", "third")).hasContent("new");
    }

    @Test
    void archivesNotUsedForLongAreForgotten() throws Exception {
        compiled("first", "code", TIME);
        for (int i = 0; i < 70; i++) {
            pages.keep("h" + i, directory.resolve("first"));
        }
        try (Stream<Path> kept = Files.list(directory.resolve("pages"))) {
            assertThat(kept).hasSize(64);
        }
    }

    @Test
    void nothingCompiledIsNothingKept() throws Exception {
        pages.keep("a1", Files.createDirectories(directory.resolve("first")));
        assertThat(directory.resolve("pages")).doesNotExist();
    }
}
