package dev.sluice.deploy.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for a JDK on this machine that would run requests in a better way than this one. */
final class Jdk {
    /** From this on a loop can carry virtual threads, and synchronized does not pin them. */
    private static final int LOOP_LANE = 24;

    private static final int VIRTUAL_THREADS = 21;
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)[^\"]*\"");

    private Jdk() {}

    /** One line about a newer JDK; empty if this one is new enough or none is found. */
    static Optional<String> hint() {
        return hint(Runtime.version().feature(), Path.of("/usr/lib/jvm"));
    }

    static Optional<String> hint(int running, Path directory) {
        if (running >= LOOP_LANE || !Files.isDirectory(directory)) {
            return Optional.empty();
        }
        Path best = directory;
        int newest = running;
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(directory)) {
            for (Path home : homes) {
                int version = version(home);
                if (version > newest) {
                    best = home;
                    newest = version;
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return newest < VIRTUAL_THREADS ? Optional.empty() : Optional.of(words(running, newest, best));
    }

    private static String words(int running, int newest, Path home) {
        String now =
                running < VIRTUAL_THREADS ? "a bounded pool of platform threads" : "a shared pool of virtual threads";
        String then = newest >= LOOP_LANE ? "on virtual threads of the I/O loops" : "on virtual threads";
        return "this is JDK " + running + ", where requests run on " + now + "; JDK " + newest + " in " + home
                + " would run them " + then + " (JAVA_HOME chooses it)";
    }

    private static int version(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/java"))) {
            return 0;
        }
        Matcher matcher = VERSION.matcher(Files.readString(release));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
