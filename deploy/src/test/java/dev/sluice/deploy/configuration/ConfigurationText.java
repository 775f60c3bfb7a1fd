package dev.sluice.deploy.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads a configuration from text, in one line of a test. */
final class ConfigurationText {
    private ConfigurationText() {}

    static Path file(Path directory, String yaml) {
        try {
            return Files.writeString(directory.resolve("sluice.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Configuration read(Path directory, String yaml) throws ConfigurationException {
        return Configuration.builder().file(file(directory, yaml)).build();
    }

    static List<String> problems(Path directory, String yaml) {
        try {
            read(directory, yaml);
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems().stream()
                    .map(problem -> problem.replace(directory + "/", ""))
                    .toList();
        }
    }
}
