package dev.sluice.deploy.command;

import dev.sluice.deploy.access.Access;
import dev.sluice.deploy.access.Grant;
import dev.sluice.deploy.access.Journal;
import dev.sluice.deploy.access.Token;
import dev.sluice.deploy.access.TokenFile;
import dev.sluice.deploy.server.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice token}: the tokens that open the management API. It works on the installation's file, whether an instance runs or not. */
@Command(
        name = "token",
        description = "Makes, lists and revokes the tokens that open the management API of this installation.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Override
    public void run() {
        throw new picocli.CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    private interface Work<T> {
        T on(TokenFile tokens) throws IOException;
    }

    private static Path directory(ConfigurationOptions options) {
        Installation installation = Installation.find();
        return installation.management(options.read(installation));
    }

    private static <T> T with(ConfigurationOptions options, Work<T> work) {
        TokenFile tokens = new TokenFile(Access.tokens(directory(options)), Clock.systemUTC());
        try {
            return work.on(tokens);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    "the tokens in " + tokens.file() + " cannot be read or written: " + e.getMessage()
                            + " (expected: run as the user that the server runs as)");
        }
    }

    private static void journal(ConfigurationOptions options, String what, String target) {
        String user = System.getProperty("user.name", "unknown");
        new Journal(directory(options), Clock.systemUTC())
                .add(new Journal.Entry(user, "command line", what, target, "done", ""));
    }

    @Command(name = "create", description = "Makes a token and prints it, this once.", mixinStandardHelpOptions = true)
    int create(
            @Mixin ConfigurationOptions options,
            @Parameters(paramLabel = "NAME", description = "Whom or what it is for; lists and the journal show it.")
                    String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            split = ",",
                            defaultValue = "viewer",
                            description =
                                    "viewer or operator, for the whole server; viewer@APPLICATION or operator@APPLICATION for one application. Several are"
                                            + " separated by commas. Default: viewer.")
                    List<String> roles) {
        try {
            List<Grant> grants = roles.stream().map(Grant::parse).toList();
            Token token = with(options, tokens -> tokens.add(name, grants));
            journal(options, "create token", token.id() + " " + name + " " + grants);
            print(token.text());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitStatus.USAGE, String.valueOf(e.getMessage()));
        }
        return ExitStatus.OK;
    }

    @Command(name = "list", description = "Lists the tokens, without their secrets.", mixinStandardHelpOptions = true)
    int list(@Mixin ConfigurationOptions options) {
        Table table = new Table("ID", "NAME", "ROLES", "CREATED");
        for (TokenFile.Entry entry : with(options, TokenFile::entries)) {
            String grants = entry.grants().stream().map(Grant::toString).collect(Collectors.joining(","));
            table.row(entry.id(), entry.name(), grants, entry.created());
        }
        table.print(spec.commandLine().getOut());
        return ExitStatus.OK;
    }

    @Command(
            name = "revoke",
            description = "Takes a token away; it is refused from then on.",
            mixinStandardHelpOptions = true)
    int revoke(
            @Mixin ConfigurationOptions options,
            @Parameters(paramLabel = "ID", description = "The id, as sluice token list shows it.") String id) {
        TokenFile.Entry gone = with(options, tokens -> tokens.revoke(id))
                .orElseThrow(() -> new CommandFailure(
                        ExitStatus.FAILED, "there is no token " + id + " (expected: an id of sluice token list)"));
        journal(options, "revoke token", gone.id() + " " + gone.name());
        print("revoked " + gone.id() + " (" + gone.name() + ")");
        return ExitStatus.OK;
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
