package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that change applications use the API of a running server. */
class CommandLineTest {
    @TempDir
    private Path home;

    /** The command line of the module below, which ends the process otherwise. */
    private int run(RealServer server, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--admin-port",
                "" + server.server().managementAddress().getPort(),
                "--set",
                "work-directory=" + home.resolve("work")));
        Method execute = Class.forName("dev.sluice.deploy.command.Main").getDeclaredMethod("execute", String[].class);
        execute.setAccessible(true);
        return (int) execute.invoke(null, (Object) all.toArray(String[]::new));
    }

    @Test
    void anApplicationIsDeployedFromHereAndFromThereAndTakenAway() throws Exception {
        Path war = home.resolve("a#b.war");
        Files.write(war, TestWar.saying("sent").bytes());
        try (RealServer server = RealServer.started(home)) {
            assertThat(run(server, "deploy", war.toString())).isZero();
            assertThat(server.application("/a/b/").body()).isEqualTo("sent");
            assertThat(run(server, "stop", "a#b")).isZero();
            assertThat(server.application("/a/b/").statusCode()).isEqualTo(404);
            assertThat(run(server, "start", "a#b")).isZero();
            assertThat(run(server, "redeploy", "a#b")).isZero();
            assertThat(run(server, "back", "a#b")).isEqualTo(1);
            assertThat(run(server, "undeploy", "a#b")).isZero();
            assertThat(server.application("/a/b/").statusCode()).isEqualTo(404);

            assertThat(run(server, "deploy", war.toString(), "--on-server", "--name", "there"))
                    .isZero();
            assertThat(server.application("/there/").body()).isEqualTo("sent");
            assertThat(run(server, "deploy", war.toString(), "--virtual-host", "none"))
                    .isEqualTo(1);
            assertThat(run(server, "deploy", home.resolve("none.war").toString()))
                    .isEqualTo(2);
            assertThat(run(server, "list", "--token-file", home.resolve("none").toString()))
                    .isEqualTo(2);
        }
    }
}
