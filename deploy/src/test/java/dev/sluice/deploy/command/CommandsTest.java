package dev.sluice.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.configuration.KeyTable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir
    Path directory;

    @Test
    void versionPrintsTheNumber() {
        CommandLineText version = CommandLineText.of("version");

        assertThat(version.status()).isZero();
        assertThat(version.out()).matches("(?s)Sluice \\d+\\.\\d+\\.\\d+\\S* \\(JDK .*");
    }

    @Test
    void initWritesTheCommentedFileOnce() throws Exception {
        Path file = directory.resolve("my.yaml");

        assertThat(CommandLineText.of("init", file.toString()).status()).isZero();
        assertThat(Files.readString(file)).isEqualTo(KeyTable.yaml());

        CommandLineText again = CommandLineText.of("init", file.toString());
        assertThat(again.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(again.err()).contains("my.yaml exists and is not overwritten");
        assertThat(CommandLineText.of("init", "-").out()).isEqualTo(KeyTable.yaml());
    }

    @Test
    void configPrintsValuesAndOrigins() throws Exception {
        Path file = Files.writeString(directory.resolve("my.yaml"), "host: 127.0.0.1\n");

        CommandLineText config =
                CommandLineText.of("config", "--config", file.toString(), "--port", "81", "--set", "timeouts.drain=5s");

        assertThat(config.status()).isZero();
        assertThat(config.out().lines())
                .anyMatch(line -> line.matches("host: +127\\.0\\.0\\.1 +# .*my\\.yaml:1"))
                .anyMatch(line -> line.matches("port: +81 +# command line, --port"))
                .anyMatch(line -> line.matches("timeouts\\.drain: +5s +# command line, --set timeouts\\.drain"))
                .anyMatch(line -> line.matches("lane: +auto +# default"));
    }

    @Test
    void aWrongConfigurationEndsWithStatus2() throws Exception {
        Path file = Files.writeString(directory.resolve("my.yaml"), "prot: 1\n");

        CommandLineText config = CommandLineText.of("config", "--config", file.toString());

        assertThat(config.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(config.err()).contains("my.yaml:1: unknown key prot (did you mean port?)");
    }

    @Test
    void anUnknownCommandOrOptionEndsWithStatus2() {
        assertThat(CommandLineText.of("fly").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(CommandLineText.of("run", "--prot", "1").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(CommandLineText.of().status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void checkOfNothingEndsWithStatus2() {
        CommandLineText check =
                CommandLineText.of("check", directory.resolve("none.jar").toString());

        assertThat(check.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(check.err()).contains("none.jar: no such file or directory");
    }

    @Test
    void listWithoutAnInstanceSaysSo() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        CommandLineText list = CommandLineText.of("list", "--admin-port", String.valueOf(port));

        assertThat(list.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(list.err()).contains("no instance answers at http://127.0.0.1:" + port);
    }
}
