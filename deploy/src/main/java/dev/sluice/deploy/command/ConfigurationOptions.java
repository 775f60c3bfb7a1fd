package dev.sluice.deploy.command;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.ConfigurationException;
import dev.sluice.deploy.configuration.Keys;
import dev.sluice.deploy.server.Installation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command with a configuration has. */
final class ConfigurationOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file; conf/sluice.yaml of the installation by default.")
    private @Nullable Path file;

    @Option(names = "--port", paramLabel = "N", description = "The port of the applications; 0 means any free one.")
    private @Nullable String port;

    @Option(
            names = "--admin-port",
            paramLabel = "N",
            description = "The port of the management listener; 0 means any free one.")
    private @Nullable String adminPort;

    @Option(names = "--transport", paramLabel = "NAME", description = "auto, nio or io_uring.")
    private @Nullable String transport;

    @Option(names = "--lane", paramLabel = "NAME", description = "auto, loop, pool or inline.")
    private @Nullable String lane;

    @Option(names = "--apps", paramLabel = "DIR", description = "The directory that applications are dropped into.")
    private @Nullable Path apps;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any key of the configuration, such as timeouts.drain=10s.")
    private Map<String, String> set = new LinkedHashMap<>();

    /** The configuration of an installation with these options. */
    Configuration read(Installation installation) {
        Configuration.Builder builder = Configuration.builder().environment(System.getenv());
        if (file != null) {
            builder.file(file);
        } else {
            installation.configurationFile().ifPresent(builder::file);
        }
        set.forEach((key, value) -> builder.commandLine(key, value, "--set " + key));
        option(builder, Keys.PORT.name(), port, "--port");
        option(builder, Keys.MANAGEMENT_PORT.name(), adminPort, "--admin-port");
        option(builder, Keys.TRANSPORT.name(), transport, "--transport");
        option(builder, Keys.LANE.name(), lane, "--lane");
        String directory =
                apps == null ? null : apps.toAbsolutePath().normalize().toString();
        option(builder, Keys.DROP_IN_DIRECTORY.name(), directory, "--apps");
        try {
            return builder.build();
        } catch (ConfigurationException e) {
            throw new CommandFailure(ExitStatus.USAGE, String.join(System.lineSeparator(), e.problems()));
        }
    }

    private static void option(Configuration.Builder builder, String key, @Nullable String value, String option) {
        if (value != null) {
            builder.commandLine(key, value, option);
        }
    }
}
