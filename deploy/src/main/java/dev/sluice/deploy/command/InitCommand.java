package dev.sluice.deploy.command;

import dev.sluice.deploy.configuration.KeyTable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice init}: a configuration file with every key and its default in comments. */
@Command(
        name = "init",
        description = "Writes a configuration file with every key and its default in comments.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "sluice.yaml",
            description = "Where to; - for standard output; ${DEFAULT-VALUE} by default.")
    @SuppressWarnings("NullAway.Init") // has a default
    private String file;

    @Override
    public Integer call() throws IOException {
        if (file.equals("-")) {
            spec.commandLine().getOut().print(KeyTable.yaml());
            spec.commandLine().getOut().flush();
            return CommandLine.ExitCode.OK;
        }
        try {
            Files.writeString(Path.of(file), KeyTable.yaml(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(
                    ExitStatus.FAILED, file + " exists and is not overwritten (expected: another name, or - to print)");
        }
        spec.commandLine().getOut().println("written: " + file);
        return CommandLine.ExitCode.OK;
    }
}
