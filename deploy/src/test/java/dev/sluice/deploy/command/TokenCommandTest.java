package dev.sluice.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice token} makes, lists and revokes tokens of the installation's file. */
class TokenCommandTest {
    @TempDir
    private Path work;

    private CommandLineText token(String... arguments) {
        List<String> all = new ArrayList<>(List.of("token"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--set", "work-directory=" + work));
        return CommandLineText.of(all.toArray(String[]::new));
    }

    @Test
    void oneIsMadeListedAndRevoked() throws Exception {
        CommandLineText made = token("create", "ci", "--role", "operator@shop,viewer");
        assertThat(made.err()).isEmpty();
        assertThat(made.out()).matches("sluice_[0-9a-f]{8}_[A-Za-z0-9_-]{43}\\R");
        String id = made.out().substring(7, 15);
        assertThat(token("list").out())
                .contains("ID", id, "ci", "operator@shop,viewer")
                .doesNotContain(made.out().strip());
        assertThat(token("revoke", id).out()).contains("revoked " + id + " (ci)");
        assertThat(token("list").out()).doesNotContain(id);
        assertThat(token("revoke", id).status()).isEqualTo(ExitStatus.FAILED);
        assertThat(Files.readString(work.resolve("management/journal")))
                .contains("\"what\":\"create token\"", "\"what\":\"revoke token\"", "command line")
                .doesNotContain(made.out().strip());
    }

    @Test
    void mistakesAreNamed() {
        assertThat(token("create", "ci", "--role", "boss").err()).contains("role: boss (expected: viewer, operator");
        assertThat(token("create", "a b").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(CommandLineText.of("token").err()).contains("a command is missing");
    }
}
