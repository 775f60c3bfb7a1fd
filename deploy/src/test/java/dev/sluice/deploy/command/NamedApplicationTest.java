package dev.sluice.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedApplicationTest {
    @TempDir
    Path directory;

    @Test
    void hasThePathOfItsFileOrTheOneThatIsGiven() throws Exception {
        Path war = Files.createFile(directory.resolve("shop.war"));

        assertThat(RunCommand.request(war.toString()).path()).isEqualTo("/shop");
        assertThat(RunCommand.request(war + "=/a/b").path()).isEqualTo("/a/b");
        assertThat(RunCommand.request(war + "=/a/b").id()).isEqualTo("a#b");
        assertThat(RunCommand.request(war + "=/").path()).isEqualTo("/");
    }

    @Test
    void mayHaveAnEqualsSignInItsPath() throws Exception {
        Path odd = Files.createDirectories(directory.resolve("x=")).resolve("shop.war");
        Files.createFile(odd);

        assertThat(RunCommand.request(odd.toString()).path()).isEqualTo("/shop");
        assertThat(RunCommand.request(odd + "=/y").path()).isEqualTo("/y");
    }

    @Test
    void mustExistAndHaveAProperPath() throws Exception {
        Path war = Files.createFile(directory.resolve("shop.war"));

        assertThatThrownBy(
                        () -> RunCommand.request(directory.resolve("none.war").toString()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("no such file or directory");
        assertThatThrownBy(() -> RunCommand.request(war + "=/a/../b"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("context path: /a/../b");
    }

    @Test
    void theIdOfItsRequestIsInTheThreadsName() {
        assertThat(LogSetup.requestId("sluice-1/req-4711")).isEqualTo("4711");
        assertThat(LogSetup.requestId("sluice I/O-1/req-a/req-b")).isEqualTo("a/req-b");
        assertThat(LogSetup.requestId("main")).isNull();
        assertThat(LogSetup.requestId("http-req-pool-7"))
                .as("a thread of an application")
                .isNull();
        assertThat(LogSetup.requestId("shop/req-7"))
                .as("a thread of an application")
                .isNull();
    }
}
