package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in the directory at the start is deployed before the server is ready, whatever its time says; a line says when each begins. */
class ArchivesAtTheStartIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {-86_400, 0, 86_400})
    void areThereWhenTheServerIsReady(long seconds) throws Exception {
        Path apps = Files.createDirectories(directory.resolve("apps"));
        for (String name : List.of("first.war", "second.war")) {
            Path copy = Files.copy(SluiceProcess.HELLO_WAR, apps.resolve(name));
            Files.setLastModifiedTime(copy, FileTime.from(Instant.now().plus(Duration.ofSeconds(seconds))));
        }
        try (SluiceProcess sluice = SluiceProcess.run(directory)) {
            assertThat(sluice.management("/health/ready").statusCode()).isEqualTo(200);
            for (String name : List.of("first", "second")) {
                assertThat(sluice.get("/" + name + "/").statusCode()).isNotEqualTo(404);
                assertThat(sluice.lines())
                        .filteredOn(line -> line.contains(" " + name + " from ") && line.contains(" is being started"))
                        .hasSize(1);
            }
            List<String> lines = sluice.lines();
            int listening = indexOf(lines, " listening on ");
            assertThat(indexOf(lines, " first from ")).isLessThan(listening);
            assertThat(indexOf(lines, " second from ")).isLessThan(listening);
        }
    }

    private static int indexOf(List<String> lines, String text) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i;
            }
        }
        throw new AssertionError("no line with " + text + " in\n" + String.join("\n", lines));
    }
}
