package dev.sluice.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.configuration.KeyTable;
import dev.sluice.engine.security.Passwords;
import dev.sluice.engine.security.User;
import dev.sluice.engine.security.UsersFileRealm;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
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
    void configShowsNoSecrets() throws Exception {
        Path file = Files.writeString(
                directory.resolve("my.yaml"), "data-sources: {jdbc/x: {driver: d, url: u, password: s3cr3t}}\n");

        CommandLineText config =
                CommandLineText.of("config", "--config", file.toString(), "--set", "tls.keystore-password=s3cr3t");

        assertThat(config.out())
                .contains("data-sources.jdbc/x.password:", "tls.keystore-password:")
                .doesNotContain("s3cr3t");
    }

    @Test
    void passwordPrintsAHash() throws Exception {
        CommandLineText hash = CommandLineText.reading("s3cr3t\n", "password");
        assertThat(hash.status()).isZero();
        assertThat(Passwords.verify("s3cr3t", hash.out().strip())).isTrue();

        CommandLineText line =
                CommandLineText.reading("s3cr3t", "password", "ann", "--roles", "boss,clerk", "--digest", "shop");
        Path users = Files.writeString(directory.resolve("users"), line.out());
        UsersFileRealm realm = new UsersFileRealm(users, InstantSource.system());
        assertThat(realm.authenticate("ann", "s3cr3t")).isEqualTo(User.of("ann", Set.of("boss", "clerk")));
        assertThat(realm.digest("ann", "shop", "SHA-256")).isNotNull();

        assertThat(CommandLineText.reading("\n", "password").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(CommandLineText.reading("x", "password", "a:b").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(CommandLineText.reading("x", "password", "--roles", "boss").status())
                .isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void helpIsACommand() {
        CommandLineText help = CommandLineText.of("help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("run", "password", "stats");
        assertThat(CommandLineText.of("help", "password").out()).contains("--roles");
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
