package dev.sluice.deploy.configuration;

import java.nio.file.Path;

/** Where a value comes from; of several, the first in the order of this list counts. */
public sealed interface Origin {
    /** How it is shown. */
    String text();

    /**
     * An option of the command line.
     *
     * @param option the option as it was given
     */
    record CommandLine(String option) implements Origin {
        @Override
        public String text() {
            return "command line, " + option;
        }
    }

    /**
     * A variable of the environment.
     *
     * @param variable its name
     */
    record Environment(String variable) implements Origin {
        @Override
        public String text() {
            return "environment, " + variable;
        }
    }

    /**
     * A line of the configuration file.
     *
     * @param file the file
     * @param line the line, counted from 1
     */
    record File(Path file, int line) implements Origin {
        @Override
        public String text() {
            return file + ":" + line;
        }
    }

    /** Nobody said anything. */
    record Default() implements Origin {
        @Override
        public String text() {
            return "default";
        }
    }
}
