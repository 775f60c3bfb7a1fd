package dev.sluice.engine.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.engine.fixture.LoggedLines;
import dev.sluice.engine.fixture.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A users file that every user of the machine can read is worth a warning. */
class UsersFileAccessTest {
    @TempDir
    Path directory;

    private List<String> warnings(String permissions) throws Exception {
        Path file = Files.writeString(Files.createTempFile(directory, "users", ""), "ann:-:clerk\n");
        assumeThat(Files.getFileStore(file).supportsFileAttributeView("posix")).isTrue();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        try (LoggedLines log = new LoggedLines("dev.sluice.security")) {
            assertThat(new UsersFileRealm(file, new TestClock())).isNotNull();
            return log.all().stream()
                    .filter(line -> line.contains(file.toString()))
                    .toList();
        }
    }

    @Test
    void warns() throws Exception {
        assertThat(warnings("rw-r--r--")).singleElement().asString().contains("WARNING", "every user", "chmod 600");
        assertThat(warnings("rw-----w-")).hasSize(1);
    }

    @Test
    void isSilentIfItIsPrivate() throws Exception {
        assertThat(warnings("rw-------")).isEmpty();
        assertThat(warnings("rw-r-----")).isEmpty();
    }
}
