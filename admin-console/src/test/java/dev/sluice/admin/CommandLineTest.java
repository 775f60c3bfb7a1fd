package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that change applications use the API of a running server. */
class CommandLineTest {
    @TempDir
    private Path home;

    @Test
    void anApplicationIsDeployedFromHereAndFromThereAndTakenAway() throws Exception {
        Path war = home.resolve("a#b.war");
        Files.write(war, TestWar.saying("sent").bytes());
        try (RealServer server = RealServer.started(home)) {
            assertThat(server.command("deploy", war.toString())).isZero();
            assertThat(server.application("/a/b/").body()).isEqualTo("sent");
            assertThat(server.command("stop", "a#b")).isZero();
            assertThat(server.application("/a/b/").statusCode()).isEqualTo(404);
            assertThat(server.command("start", "a#b")).isZero();
            assertThat(server.command("redeploy", "a#b")).isZero();
            assertThat(server.command("back", "a#b")).isEqualTo(1);
            assertThat(server.command("undeploy", "a#b")).isZero();
            assertThat(server.application("/a/b/").statusCode()).isEqualTo(404);

            assertThat(server.command("deploy", war.toString(), "--on-server", "--name", "there"))
                    .isZero();
            assertThat(server.application("/there/").body()).isEqualTo("sent");
            assertThat(server.command("deploy", war.toString(), "--virtual-host", "none"))
                    .isEqualTo(1);
            assertThat(server.command("deploy", home.resolve("none.war").toString()))
                    .isEqualTo(2);
            assertThat(server.command(
                            "list", "--token-file", home.resolve("none").toString()))
                    .isEqualTo(2);
        }
    }
}
