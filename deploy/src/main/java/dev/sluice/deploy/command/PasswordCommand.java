package dev.sluice.deploy.command;

import dev.sluice.engine.security.Passwords;
import dev.sluice.war.archive.ContentHash;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice password}: the hash of a password, for a users file or a database. The password is never an argument, which others could see. */
@Command(
        name = "password",
        description =
                "Asks for a password, or reads the first line of standard input, and prints its hash, or with USER a line for users-file.",
        mixinStandardHelpOptions = true)
final class PasswordCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "USER", description = "The user's name, for a whole line.")
    private @Nullable String user;

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            split = ",",
            description = "The user's roles, separated by commas; with USER.")
    private List<String> roles = List.of();

    @Option(
            names = "--digest",
            paramLabel = "REALM",
            description = "Adds what DIGEST needs in the realm of this name; with USER.")
    private @Nullable String realm;

    @Override
    public Integer call() throws IOException {
        String name = user;
        if (name == null && (realm != null || !roles.isEmpty())) {
            throw new CommandFailure(
                    ExitStatus.USAGE, "--roles and --digest belong to a user (expected: the name of one, too)");
        }
        if (name != null && (name.isBlank() || name.contains(":") || name.startsWith("#"))) {
            throw new CommandFailure(
                    ExitStatus.USAGE,
                    "user: \"" + name + "\" (expected: a name without colons that does not begin with #)");
        }
        String password = password();
        String hash = Passwords.hash(password);
        spec.commandLine().getOut().println(name == null ? hash : line(name, password, hash));
        spec.commandLine().getOut().flush();
        return ExitStatus.OK;
    }

    private String line(String name, String password, String hash) {
        String line = name + ":" + hash + ":" + String.join(",", roles);
        return realm == null ? line : line + ":SHA-256=" + ContentHash.ofText(name + ":" + realm + ":" + password);
    }

    private static String password() throws IOException {
        Console console = Terminal.console();
        String password = console == null ? firstLine() : asked(console);
        if (password.isEmpty()) {
            throw new CommandFailure(ExitStatus.USAGE, "the password is empty (expected: at least one character)");
        }
        return password;
    }

    private static String firstLine() throws IOException {
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }

    private static String asked(Console console) {
        char[] first = console.readPassword("Password: ");
        char[] second = first == null ? null : console.readPassword("Again: ");
        if (first == null || second == null || !Arrays.equals(first, second)) {
            throw new CommandFailure(ExitStatus.FAILED, "the two passwords differ (expected: the same one twice)");
        }
        return new String(first);
    }
}
