package dev.sluice.arquillian;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A running {@code bin/sluice run} with its own drop-in directory; its output goes to this process's standard output. */
final class SluiceProcess {
    private static final Pattern LISTENING =
            Pattern.compile("(?:(management) .* is at|listening on) (https?)://[^ ]*:(\\d+)");
    private static final int REMEMBERED_LINES = 40;

    private final Process process;
    private final Path directory;
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();

    private SluiceProcess(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /** Starts the server and waits until its listeners are open. */
    static SluiceProcess start(SluiceConfiguration configuration) throws IOException {
        Path directory = Files.createTempDirectory("sluice-arquillian");
        Files.createDirectory(directory.resolve("apps"));
        Files.createDirectory(directory.resolve("staging"));
        List<String> command = new ArrayList<>();
        command.add(
                configuration.installation().resolve("bin").resolve("sluice").toString());
        command.addAll(List.of("run", "--port", "0", "--admin-port", "0"));
        command.addAll(List.of("--apps", directory.resolve("apps").toString()));
        if (configuration.getConfigFile() != null) {
            command.addAll(List.of("--config", configuration.getConfigFile()));
        }
        if (!configuration.getArguments().isBlank()) {
            command.addAll(List.of(configuration.getArguments().trim().split("\\s+")));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("JAVA_OPTS", configuration.getJavaOptions(), (old, more) -> old + " " + more);
        builder.environment()
                .put("SLUICE_WORK_DIRECTORY", directory.resolve("work").toString());
        SluiceProcess started = new SluiceProcess(builder.start(), directory);
        started.follow();
        started.await(
                "the listeners to open",
                Duration.ofSeconds(configuration.getStartSeconds()),
                ignored -> started.ports.containsKey("management")
                        && started.ports.containsKey(configuration.getScheme()));
        return started;
    }

    Path applications() {
        return directory.resolve("apps");
    }

    Path staging() {
        return directory.resolve("staging");
    }

    int port(String scheme) {
        Integer port = ports.get(scheme);
        if (port == null) {
            throw new IllegalStateException("no " + scheme + " listener (open: " + ports.keySet() + ")");
        }
        return port;
    }

    /** Waits until the application of a drop-in runs; fails with the server's reason if it is failed. */
    void awaitRunning(String name, Duration limit) throws IOException {
        String body = await(
                "application " + name + " to run",
                limit,
                json -> state(json, name) != null
                        && !"starting".equals(state(json, name))
                        && !"described".equals(state(json, name)));
        if (!"running".equals(state(body, name))) {
            throw new IOException("state " + state(body, name) + ": " + body);
        }
    }

    void awaitGone(String name, Duration limit) throws IOException {
        await("application " + name + " to be gone", limit, json -> state(json, name) == null);
    }

    private static @Nullable String state(String json, String name) {
        Matcher found = Pattern.compile("\\{[^{}]*\"name\"\\s*:\\s*\"" + Pattern.quote(name) + "\"[^{}]*")
                .matcher(json);
        if (!found.find()) {
            return null;
        }
        Matcher state = Pattern.compile("\"state\"\\s*:\\s*\"([a-z]+)\"").matcher(found.group());
        return state.find() ? state.group(1) : null;
    }

    private String await(String what, Duration limit, Predicate<String> done) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            String applications = ports.containsKey("management") ? applicationsAsJson() : "";
            if (done.test(applications)) {
                return applications;
            }
            if (pause(25)) {
                throw new IOException("the process ended with status " + process.exitValue() + " while waiting for "
                        + what + ":\n" + output());
            }
        }
        throw new IOException("waited " + limit.toSeconds() + " s for " + what + ":\n" + output());
    }

    private boolean pause(long milliseconds) throws IOException {
        try {
            return ended.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private String applicationsAsJson() throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + ports.get("management") + "/api/v1/apps?limit=1000");
        Path token = directory.resolve("work/management/token-of-port-" + ports.get("management"));
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(uri)
                            .timeout(Duration.ofSeconds(30))
                            .header(
                                    "Authorization",
                                    "Bearer " + Files.readString(token).strip())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.body();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private void follow() {
        Thread reader = new Thread(this::readOutput, "sluice-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void readOutput() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                remember(line);
                System.out.println("[sluice] " + line);
            }
            process.waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private void remember(String line) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
            String listener = listening.group(1) != null ? "management" : listening.group(2);
            ports.put(listener, Integer.valueOf(listening.group(3)));
        }
        synchronized (lastLines) {
            lastLines.addLast(line);
            if (lastLines.size() > REMEMBERED_LINES) {
                lastLines.removeFirst();
            }
        }
    }

    private String output() {
        synchronized (lastLines) {
            return String.join("\n", lastLines);
        }
    }

    /** Asks the process to stop (TERM), kills it after the limit, and removes its directory. */
    void stop(Duration limit) throws IOException {
        // Process.destroy() would close the streams under the reader, too.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IOException("killed: it was still running " + limit.toSeconds() + " s after TERM");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
