package dev.sluice.deploy.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each application has its sessions in a file that no other one has. */
class SessionFilesTest {
    @TempDir
    Path directory;

    @Test
    void plainNamesStayAsTheyAre() throws Exception {
        assertThat(SessionFiles.of(directory, "shop#eu##1.2-b")).hasFileName("shop#eu##1.2-b.sessions");
    }

    @Test
    void differentNamesHaveDifferentFiles() {
        assertThat(List.of(
                                "a_b",
                                "a/b",
                                "aéb",
                                "aöb",
                                "a%2Fb",
                                "a%b",
                                "a b",
                                "a\u0130b",
                                "a..b",
                                "é".repeat(200),
                                "é".repeat(201))
                        .stream()
                        .map(SessionFiles::name))
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name)
                        .doesNotContain("/")
                        .hasSizeLessThan(240)
                        .matches("[A-Za-z0-9.#%-]+"));
    }

    @Test
    void theOldFileIsReadOnce() throws Exception {
        Files.writeString(directory.resolve("a_b.sessions"), "old");
        Files.writeString(directory.resolve("a_b.sessions.taken"), "taken");
        Path first = SessionFiles.of(directory, "aéb");
        assertThat(first).hasContent("old").hasFileName("a%C3%A9b.sessions");
        assertThat(directory.resolve("a%C3%A9b.sessions.taken")).hasContent("taken");
        assertThat(SessionFiles.of(directory, "aöb")).doesNotExist();
        assertThat(directory.resolve("a_b.sessions")).doesNotExist();
    }

    @Test
    void whatIsNewerThanTheOldFileStays() throws Exception {
        Files.writeString(SessionFiles.of(directory, "aéb"), "new");
        Files.writeString(directory.resolve("a_b.sessions"), "old");
        assertThat(SessionFiles.of(directory, "aéb")).hasContent("new");
    }
}
