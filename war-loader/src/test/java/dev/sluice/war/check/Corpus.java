package dev.sluice.war.check;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A small application of the corpus: one source file with all its classes. A faulty one says with {@code // fault:} what the check
 * must name, and marks the line that does it with {@code // mark}.
 */
record Corpus(String name, String text) {
    private static final Pattern FAULT = Pattern.compile("// fault: (.*)");
    private static final String HEADER = "package shop;"
            + Stream.of(
                            "dev.sluice.api.*",
                            "jakarta.servlet.*",
                            "jakarta.servlet.http.*",
                            "java.io.*",
                            "java.nio.charset.StandardCharsets",
                            "java.security.*",
                            "java.text.*",
                            "java.time.*",
                            "java.time.format.DateTimeFormatter",
                            "java.util.*",
                            "java.util.concurrent.*",
                            "java.util.concurrent.atomic.*",
                            "java.util.concurrent.locks.*",
                            "java.util.function.*",
                            "java.util.logging.Logger",
                            "java.util.regex.Pattern",
                            "java.util.stream.*")
                    .map(type -> "import " + type + ";")
                    .reduce("", String::concat);

    /** All applications of one folder, by name. */
    static List<Corpus> all(String folder) {
        URL place = Objects.requireNonNull(Corpus.class.getResource("corpus/" + folder), folder);
        try (Stream<Path> files = Files.list(Path.of(place.toURI()))) {
            return files.sorted().map(Corpus::read).toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Corpus read(Path file) {
        try {
            return new Corpus(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The source; its lines are those of the file. */
    String source() {
        return HEADER + text;
    }

    /** The path of the fault. */
    String fault() {
        Matcher found = FAULT.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException(name + " does not say its fault");
        }
        return found.group(1).strip();
    }

    /** The line that is marked. */
    int line() {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith("// mark")) {
                return i + 1;
            }
        }
        throw new IllegalStateException(name + " has no mark");
    }

    @Override
    public String toString() {
        return name;
    }
}
