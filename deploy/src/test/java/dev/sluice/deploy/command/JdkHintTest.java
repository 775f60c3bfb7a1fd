package dev.sluice.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkHintTest {
    @TempDir
    Path directory;

    private void jdk(String name, String version) throws IOException {
        Path java = directory.resolve(name).resolve("bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(directory.resolve(name).resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    @Test
    void namesTheNewestAndWhatItWouldGive() throws IOException {
        jdk("a", "21.0.2");
        jdk("b", "25.0.1");

        assertThat(Jdk.hint(17, directory)).hasValueSatisfying(hint -> assertThat(hint)
                .startsWith("this is JDK 17, where requests run on a bounded pool of platform threads; JDK 25 in "
                        + directory.resolve("b"))
                .contains("virtual threads of the I/O loops"));
    }

    @Test
    void saysNothingWhereNothingIsToBeGained() throws IOException {
        jdk("a", "17.0.9");
        jdk("b", "25.0.1");

        assertThat(Jdk.hint(25, directory)).isEmpty();
        assertThat(Jdk.hint(17, directory.resolve("none"))).isEmpty();
        Files.delete(directory.resolve("b/bin/java"));
        assertThat(Jdk.hint(17, directory)).isEmpty();
    }
}
