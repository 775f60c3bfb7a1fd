package dev.sluice.deploy.scratch;

import dev.sluice.war.check.StartedRun;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JVM that starts an application, calls it, and ends; what the application prints or leaves running ends with it. */
public final class ScratchJvm {
    private ScratchJvm() {}

    /**
     * Starts an application and waits for the result.
     *
     * @param work an existing directory for what is unpacked and written; the caller removes it
     * @param shared types that forks share on purpose
     * @param pure patterns of routes that do nothing outside the JVM, though it is not shown
     * @param limit how long it may take
     */
    public static StartedRun run(Path application, Path work, List<String> shared, List<String> pure, Duration limit)
            throws IOException, InterruptedException {
        Path result = work.resolve("result.txt");
        Process process = new ProcessBuilder(command(application, work, result, shared, pure))
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("output.txt").toFile())
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return StartedRun.failed("it did not answer within " + limit.toSeconds() + " s");
            }
            return Files.exists(result)
                    ? StartedRun.parse(Files.readAllLines(result))
                    : StartedRun.failed("the JVM ended with status " + process.exitValue() + ": "
                            + last(Files.readAllLines(work.resolve("output.txt"))));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String last(List<String> lines) {
        return lines.isEmpty() ? "it printed nothing" : lines.get(lines.size() - 1);
    }

    private static List<String> command(
            Path application, Path work, Path result, List<String> shared, List<String> pure) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("--enable-"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx512m", "-Djava.io.tmpdir=" + work, "-cp", classPath()));
        command.add(ScratchMain.class.getName());
        command.addAll(List.of(
                application.toAbsolutePath().toString(),
                work.toString(),
                result.toString(),
                String.join(",", shared),
                String.join(",", pure)));
        return command;
    }

    /** The jars that this class is loaded with; the launcher gives them a loader of their own. */
    private static String classPath() {
        return ScratchMain.class.getClassLoader() instanceof URLClassLoader jars
                ? Stream.of(jars.getURLs())
                        .map(url -> Path.of(URI.create(url.toString())).toString())
                        .collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }
}
