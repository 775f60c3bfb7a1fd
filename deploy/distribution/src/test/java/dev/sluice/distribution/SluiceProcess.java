package dev.sluice.distribution;

import static org.awaitility.Awaitility.await;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The built distribution as a process, with directories of its own. Killed when it is closed and still runs. */
final class SluiceProcess implements AutoCloseable {
    static final Path INSTALLATION =
            Path.of("../target/sluice").toAbsolutePath().normalize();
    static final Path HELLO_WAR =
            Path.of("../../samples/hello-war/target/hello.war").toAbsolutePath().normalize();
    static final Path HELLO_HANDLER = Path.of("../../samples/hello-handler/target/hello-handler.jar")
            .toAbsolutePath()
            .normalize();
    static final Path LIVE_HANDLER = Path.of("../../samples/live-handler/target/live-handler.jar")
            .toAbsolutePath()
            .normalize();
    static final Path SHARED_WAR = Path.of("../../samples/shared-war/target/shared-war.war")
            .toAbsolutePath()
            .normalize();
    static final String STARTED = "(?:RunCommand |\"message\":\")started in \\d+ ms";
    private static final Duration START = Duration.ofSeconds(120);

    private final Process process;
    private final Path directory;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader = new Thread(this::read, "sluice-output");
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(60))
            .build();

    private SluiceProcess(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
        reader.setDaemon(true);
        reader.start();
    }

    /** Runs {@code bin/sluice} with JVM options, then {@code run} with any port, then these arguments; waits until it listens. */
    static SluiceProcess run(Path directory, List<String> jvm, Object... arguments) throws IOException {
        return run(directory, START, jvm, arguments);
    }

    /** The same for what may take longer. */
    static SluiceProcess run(Path directory, Duration patience, List<String> jvm, Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher()));
        command.addAll(jvm);
        command.addAll(runArguments(directory));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return start(directory, command).awaitLine(STARTED, patience);
    }

    static SluiceProcess run(Path directory, Object... arguments) throws IOException {
        return run(directory, List.of(), arguments);
    }

    static String launcher() {
        return INSTALLATION.resolve("bin/sluice").toString();
    }

    static List<String> runArguments(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("apps"));
        return List.of(
                "run",
                "--set",
                "port=0",
                "--admin-port",
                "0",
                "--apps",
                directory.resolve("apps").toString(),
                "--set",
                "work-directory=" + directory.resolve("work"),
                "--set",
                "drop-in.interval=100ms",
                "--set",
                "host=127.0.0.1");
    }

    /** Starts a process without waiting for anything. The JDK is the one of this test. */
    static SluiceProcess start(Path directory, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return new SluiceProcess(builder.start(), directory);
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SluiceProcess awaitLine(String regex) {
        return awaitLine(regex, START);
    }

    private SluiceProcess awaitLine(String regex, Duration patience) {
        Pattern pattern = Pattern.compile(regex);
        await("line " + regex)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(20))
                .failFast("the process ended", () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError(
                                "ended with " + process.exitValue() + ":\n" + String.join("\n", lines));
                    }
                })
                .until(() ->
                        lines.stream().anyMatch(line -> pattern.matcher(line).find()));
        return this;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    Path apps() {
        return directory.resolve("apps");
    }

    int port() {
        return port("[ \"]listening on http://[^ ]*:(\\d+) \\(");
    }

    int managementPort() {
        return port("management .* is at http://[^ ]*:(\\d+)");
    }

    private int port(String regex) {
        Pattern pattern = Pattern.compile(regex);
        for (String line : lines) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw new AssertionError("no line " + regex + " in\n" + String.join("\n", lines));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(port(), path);
    }

    HttpResponse<String> management(String path) throws IOException, InterruptedException {
        return send(managementRequest(path));
    }

    /** A request to the management with the token that the process has made for its owner. */
    HttpRequest.Builder managementRequest(String path) throws IOException {
        return request(managementPort(), path).header("Authorization", "Bearer " + ownerToken());
    }

    private String ownerToken() throws IOException {
        return Files.readString(directory.resolve("work/management/token-of-port-" + managementPort()))
                .strip();
    }

    /** A request to the applications' port, to be completed and sent with {@link #send(HttpRequest.Builder)}. */
    HttpRequest.Builder request(String path) {
        return request(port(), path);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(int port, String path) throws IOException, InterruptedException {
        return send(request(port, path));
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }

    /** One of the figures of {@code sluice stats}. */
    long figure(String name) throws IOException, InterruptedException {
        Matcher matcher = Pattern.compile("\"" + name + "\":(-?\\d+)")
                .matcher(management("/api/v1/stats").body());
        if (!matcher.find()) {
            throw new AssertionError("no figure " + name);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** Threads of the process, by the kernel's account. */
    long threads() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            return tasks.count();
        }
    }

    /** Runs a tool of this test's JDK on the process, such as jcmd. */
    String tool(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", name).toString(), "" + process.pid()));
        command.addAll(List.of(arguments));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) {
            throw new AssertionError(command + ": " + output);
        }
        return output;
    }

    /** Sends TERM, as destroying is on POSIX; {@link Process#destroy} would close the streams, too. */
    void term() {
        process.toHandle().destroy();
    }

    /** Sends a signal by its name. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid())
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill -" + name + " ended with " + kill.exitValue());
        }
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still runs after 60 s:\n" + String.join("\n", lines));
        }
        reader.join(TimeUnit.SECONDS.toMillis(60));
        return process.exitValue();
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            process.destroyForcibly();
            process.waitFor();
        }
    }
}
