package dev.sluice.deploy.command;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.server.Installation;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice config}: the effective values and where they came from. */
@Command(
        name = "config",
        description = "Prints every effective value of the configuration and where it came from.",
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Override
    public Integer call() {
        Configuration configuration = options.read(Installation.find());
        PrintWriter out = spec.commandLine().getOut();
        for (Configuration.Setting setting : configuration.settings()) {
            String value = shown(setting);
            out.printf(
                    "%-32s %-24s # %s%n",
                    setting.name() + ":", value, setting.origin().text());
        }
        configuration.warnings().forEach(warning -> spec.commandLine().getErr().println("sluice: " + warning));
        out.flush();
        return ExitStatus.OK;
    }

    private static String shown(Configuration.Setting setting) {
        return setting.text().isEmpty() ? "''" : setting.text();
    }
}
