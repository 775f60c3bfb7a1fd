package dev.sluice.deploy.command;

import dev.sluice.deploy.access.Access;
import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.Keys;
import dev.sluice.deploy.server.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that ask a running instance: that of this installation, or another one. */
final class ServerOptions {
    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The management listener of another instance, such as https://shop.example.org:9990.")
    private @Nullable URI server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "A file with a token of sluice token; by default the one that the instance of this installation has made for this machine.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description =
                    "A PEM file with the certificates that the server's is checked against, instead of those of Java.")
    private @Nullable Path trust;

    /** Speaks to the instance that the options name. */
    ManagementClient client() {
        URI given = server;
        if (given != null) {
            if (given.getHost() == null || !("http".equals(given.getScheme()) || "https".equals(given.getScheme()))) {
                throw new CommandFailure(
                        ExitStatus.USAGE, "--server " + given + " (expected: a URL such as https://host:9990)");
            }
            return new ManagementClient(given.toString().replaceFirst("/+$", ""), token(null), trust);
        }
        Installation installation = Installation.find();
        Configuration configuration = options.read(installation);
        return new ManagementClient(
                base(configuration),
                token(Access.ownToken(
                        installation.management(configuration), configuration.value(Keys.MANAGEMENT_PORT))),
                trust);
    }

    private static String base(Configuration configuration) {
        String host = configuration.value(Keys.MANAGEMENT_HOST);
        int port = configuration.value(Keys.MANAGEMENT_PORT);
        try {
            InetAddress address = InetAddress.getByName(host);
            boolean anywhere = address.isAnyLocalAddress();
            return (address.isLoopbackAddress() ? "http://" : "https://")
                    + (anywhere ? "localhost" : host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        } catch (UnknownHostException e) {
            throw new CommandFailure(
                    ExitStatus.USAGE,
                    "management.host: " + host + " (expected: an address, or a name that resolves to one)");
        }
    }

    private Optional<String> token(@Nullable Path own) {
        Path file = tokenFile != null ? tokenFile : own;
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            if (tokenFile == null) {
                return Optional.empty(); // the answer says what is missing, if it is
            }
            throw new CommandFailure(ExitStatus.USAGE, "--token-file " + file + ": no such file");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    "the token in " + file + " cannot be read: " + e
                            + " (expected: run as the user that the server runs as, or --token-file)");
        }
    }
}
