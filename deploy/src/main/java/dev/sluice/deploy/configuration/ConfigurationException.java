package dev.sluice.deploy.configuration;

import java.io.Serial;
import java.util.List;

/** The configuration is wrong; the message has one line for each problem, with its place, the value and what was expected. */
public final class ConfigurationException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems, in the order in which they were found. */
    public List<String> problems() {
        return problems;
    }
}
