package dev.sluice.deploy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void leftoversOfProcessesThatAreGoneAreRemoved() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path leftover = directory.resolve("run-" + ended.pid() + "-1");
        Files.createDirectories(leftover.resolve("shop"));
        Files.writeString(leftover.resolve("shop/file"), "x");
        Path ours = Files.createDirectory(
                directory.resolve("run-" + ProcessHandle.current().pid() + "-1"));
        Path other = Files.createDirectory(directory.resolve("run-and-hide"));

        Path opened = WorkDirectory.open(directory);

        assertThat(leftover).doesNotExist();
        assertThat(ours).exists();
        assertThat(other).exists();
        assertThat(opened).isDirectory().hasParent(directory);
    }

    @Test
    void oneThatCannotBeWrittenSaysWhatToDo() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> WorkDirectory.open(file.resolve("work")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file/work cannot be written: ")
                .hasMessageContaining("set work-directory to another one");
    }
}
