package dev.sluice.tck.attack;

import dev.sluice.api.HandlerApplication;
import jakarta.servlet.http.HttpServlet;
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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Assumptions;

/** The installation in a process of its own on one transport, with what is attacked: {@code /app} and {@code /guarded}. */
final class AttackServer implements AutoCloseable {
    private static final String INSTALLATION = System.getProperty("sluice.home", "../deploy/target/sluice");
    /** In the directory. */
    static final String KEYS = "keys.p12";

    private static final int LAST_LINES = 50;
    private static final long START_SECONDS = 120;

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private final Path work;

    private AttackServer(Process process, Path work) {
        this.process = process;
        this.work = work;
        Thread reader = new Thread(this::read, "attacked");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it and waits until it listens; all of its files are in the directory. */
    static AttackServer start(Path directory, String transport, String... settings) throws Exception {
        Path apps = Files.createDirectories(directory.resolve("apps"));
        export(war("app", Target.class).addClasses(UpgradeTarget.class, UpgradeTarget.Echo.class), apps);
        export("live", ChurnApplication.class, apps);
        export(Spellings.archive(), apps);
        List<String> command = new ArrayList<>(List.of(
                Path.of(INSTALLATION, "bin", "sluice").toAbsolutePath().toString(),
                "-Xmx256m",
                "run",
                "--port",
                "0",
                "--admin-port",
                "0",
                "--apps",
                apps.toString()));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        command.addAll(List.of("--set", "transport=" + transport, "--set", "host=127.0.0.1"));
        Path keys = TlsAttack.makeKeys(directory.resolve(KEYS));
        command.addAll(List.of("--set", "tls.port=0", "--set", "tls.keystore=" + keys));
        command.addAll(List.of("--set", "tls.keystore-password=" + TlsAttack.PASSWORD));
        Path work = directory.resolve("work");
        command.addAll(List.of("--set", "work-directory=" + work));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        AttackServer server = new AttackServer(builder.start(), work);
        server.awaitStarted();
        return server;
    }

    static WebArchive war(String name, Class<? extends HttpServlet> servlet) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClass(servlet)
                .addAsWebInfResource(new StringAsset("<web-app version=\"6.1\"/>"), "web.xml");
    }

    /** A handler jar with this one application; nested classes are part of it. */
    static void export(String name, Class<? extends HandlerApplication> application, Path directory) {
        ShrinkWrap.create(JavaArchive.class)
                .addClasses(application)
                .setManifest(new StringAsset(
                        "Manifest-Version: 1.0\r\nSluice-Application: " + application.getName() + "\r\n\r\n"))
                .as(ZipExporter.class)
                .exportTo(directory.resolve(name + ".jar").toFile(), true);
    }

    private static void export(WebArchive archive, Path directory) {
        archive.as(ZipExporter.class)
                .exportTo(directory.resolve(archive.getName()).toFile(), true);
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line; (line = output.readLine()) != null; ) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitStarted() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (lines.stream().noneMatch(line -> line.matches(".*RunCommand started in \\d+ ms.*"))) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                process.destroyForcibly();
                Assumptions.assumeFalse(
                        lines.stream().anyMatch(line -> line.matches(".*transport io_uring is not available.*")),
                        lines::toString);
                throw new IllegalStateException("the server did not start:\n" + String.join("\n", lines));
            }
        }
    }

    int port() {
        return port(" listening on http://[^ ]*:(\\d+) \\(");
    }

    int tlsPort() {
        return port(" listening on https://[^ ]*:(\\d+) \\(");
    }

    int managementPort() {
        return port("management .* is at http://[^ ]*:(\\d+)");
    }

    private int port(String regex) {
        Pattern pattern = Pattern.compile(regex);
        for (String line : lines) {
            Matcher found = pattern.matcher(line);
            if (found.find()) {
                return Integer.parseInt(found.group(1));
            }
        }
        throw new IllegalStateException("no line " + regex + " in:\n" + String.join("\n", lines));
    }

    /** What the management listener answers to the token that the process has made for its owner. */
    String management(String path) throws IOException, InterruptedException {
        int port = managementPort();
        Path token = work.resolve("management/token-of-port-" + port);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + Files.readString(token).strip())
                .timeout(Duration.ofSeconds(60))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " is answered with " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** What the log says that no client may make it say. */
    List<String> errors() {
        return lines.stream().filter(line -> line.contains(" ERROR ")).toList();
    }

    /** What it said last, and what its threads do: for the message when it does not do what it should. */
    String state() {
        StringBuilder state = new StringBuilder("the server said last:\n");
        lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())
                .forEach(line -> state.append(line).append('\n'));
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(process.pid()),
                            "Thread.print")
                    .redirectErrorStream(true)
                    .start();
            state.append(new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            state.append("its threads cannot be seen: ").append(e);
        }
        return state.toString();
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException("the server was still running 60 s after TERM");
        }
    }
}
