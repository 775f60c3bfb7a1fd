package dev.sluice.deploy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal keeps the newest entries in two files of a bounded size. */
class JournalTest {
    private static final Clock NOW = Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private static Journal.Entry entry(String target) {
        return new Journal.Entry("token ci", "10.0.0.1", "deploy", target, "done", "r1");
    }

    @Test
    void theNewestComesFirst() throws Exception {
        Journal journal = new Journal(directory, NOW);
        assertThat(journal.entries()).isEmpty();
        journal.add(entry("shop"));
        journal.add(entry("ca\"rt\n"));
        assertThat(journal.entries()).hasSize(2);
        assertThat(journal.entries().get(0)).containsEntry("target", "ca\"rt\n");
        assertThat(journal.entries().get(1))
                .containsEntry("at", "2027-01-15T08:00:00Z")
                .containsEntry("who", "token ci")
                .containsEntry("from", "10.0.0.1")
                .containsEntry("what", "deploy")
                .containsEntry("outcome", "done");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("journal"))))
                .isEqualTo("rw-------");
    }

    @Test
    void twoFilesAreTheMost() throws Exception {
        Journal journal = new Journal(directory, 1000, NOW);
        for (int i = 0; i < 100; i++) {
            journal.add(entry("app-" + i + "x".repeat(2000)));
        }
        assertThat(Files.size(directory.resolve("journal"))).isLessThan(2000);
        assertThat(Files.size(directory.resolve("journal.older"))).isLessThan(2000);
        assertThat(journal.entries().get(0).get("target").toString())
                .startsWith("app-99x")
                .hasSize(503);
        assertThat(journal.entries().size()).isBetween(2, 6);
    }

    @Test
    void aBrokenLineIsNamed() throws Exception {
        Files.writeString(directory.resolve("journal"), "{\n");
        assertThatThrownBy(() -> new Journal(directory, NOW).entries())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has a line that is no entry");
    }
}
