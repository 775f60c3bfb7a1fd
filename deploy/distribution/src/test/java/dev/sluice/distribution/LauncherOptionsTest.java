package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/sluice} tells the JVM, seen with a JDK that only prints its arguments. */
class LauncherOptionsTest {
    @TempDir
    Path jdk;

    private String options(int version) throws IOException, InterruptedException {
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
        Path java = jdk.resolve("bin/java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        ProcessBuilder script =
                new ProcessBuilder("sh", Path.of("src/main/bin/sluice").toString(), "version");
        script.environment().put("JAVA_HOME", jdk.toString());
        Process process = script.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void finalFieldsMayBeSetWhereTheJdkAsks() throws Exception {
        assertThat(options(26)).contains("--enable-final-field-mutation=ALL-UNNAMED");
        assertThat(options(25)).doesNotContain("final-field");
        assertThat(options(17)).contains("--add-opens=java.base/java.util.function=ALL-UNNAMED");
    }
}
