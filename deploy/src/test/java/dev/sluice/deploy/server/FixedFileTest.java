package dev.sluice.deploy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.http.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small file as a fixed response follows the file. */
class FixedFileTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("robots.txt");
    }

    private void write(String text, Instant modified) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    private static String text(FixedFile fixed) {
        return new String(fixed.response().content().answer().content());
    }

    private static int status(FixedFile fixed) {
        return fixed.response().content().answer().status();
    }

    @Test
    void hasTheValidatorsOfAStaticFile() throws IOException {
        write("Disallow:", NOON);
        Answer answer = new FixedFile(file, 100).response().content().answer();
        assertThat(answer.headers().first("ETag")).isEqualTo("\"9-" + Long.toHexString(NOON.toEpochMilli()) + '"');
        assertThat(answer.headers().first("Last-Modified")).isEqualTo("Fri, 02 Jan 2026 12:00:00 GMT");
        assertThat(answer.headers().first("Content-Type")).isEqualTo("text/plain");
    }

    @Test
    void isReadAgainWhenItChanges() throws IOException {
        write("one", NOON);
        FixedFile fixed = new FixedFile(file, 100);
        assertThat(text(fixed)).isEqualTo("one");
        write("two", NOON.plusSeconds(1));
        assertThat(text(fixed)).isEqualTo("one");
        fixed.look();
        assertThat(text(fixed)).isEqualTo("two");
        write("three", NOON.plusSeconds(1));
        fixed.look();
        assertThat(text(fixed)).isEqualTo("three");
    }

    @Test
    void isNotReadWhileItDoesNotChange() throws IOException {
        write("one", NOON);
        FixedFile fixed = new FixedFile(file, 100);
        Object before = fixed.response().content();
        fixed.look();
        assertThat(fixed.response().content()).isSameAs(before);
    }

    @Test
    void isMissedAndFoundAgain() throws IOException {
        FixedFile fixed = new FixedFile(file, 100);
        assertThat(status(fixed)).isEqualTo(404);
        write("here", NOON);
        fixed.look();
        assertThat(status(fixed)).isEqualTo(200);
        Files.delete(file);
        fixed.look();
        assertThat(status(fixed)).isEqualTo(404);
    }

    @Test
    void mustNotBeLargerThanTheLimit() throws IOException {
        write("x".repeat(101), NOON);
        FixedFile fixed = new FixedFile(file, 100);
        assertThat(status(fixed)).isEqualTo(500);
        write("x".repeat(100), NOON.plusSeconds(1));
        fixed.look();
        assertThat(text(fixed)).hasSize(100);
    }
}
