package dev.sluice.benchmarks.runner;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server that takes part in a run.
 *
 * @param command how it is started; {@code PORT} stands for the port
 * @param bases the base paths of the rows, one for each application; the first is the one that is measured
 * @param paths what stands for a path that starts with {@code @}
 * @param onlyFor the names of the only rows that it can do; empty: all
 */
record Server(String name, List<String> command, List<String> bases, Map<String, String> paths, List<String> onlyFor) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    boolean does(Row row) {
        boolean path = !row.path().startsWith("@") || paths.containsKey(row.path());
        return path && (onlyFor.isEmpty() || onlyFor.contains(row.name()));
    }

    String path(Row row) {
        return row.path().startsWith("@") ? paths.get(row.path()) : bases.get(0) + row.path();
    }

    private Server only(String base) {
        return new Server(name, command, List.of(base), paths, onlyFor);
    }

    /** Started with its defaults. */
    Running start(int port, Path log) throws IOException, InterruptedException {
        return start(port, log, List.of());
    }

    /** Started with settings, which only Sluice knows. */
    Running start(int port, Path log, List<String> settings) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        if (name.startsWith("sluice")) {
            settings.forEach(setting -> whole.addAll(List.of("--set", setting)));
        }
        List<String> started = whole.stream()
                .map(part -> part.replace("PORT", String.valueOf(port)))
                .toList();
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(started)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Running running = new Running(this, process, port, log);
        running.awaitAnswer();
        return running.withStartNanos(System.nanoTime() - begin);
    }

    /** A server that has answered once. */
    static final class Running implements AutoCloseable {
        private final Server server;
        private final Process process;
        private final int port;
        private final Path log;
        private long startNanos;

        Running(Server server, Process process, int port, Path log) {
            this.server = server;
            this.process = process;
            this.port = port;
            this.log = log;
        }

        Running withStartNanos(long nanos) {
            startNanos = nanos;
            return this;
        }

        Server server() {
            return server;
        }

        long startNanos() {
            return startNanos;
        }

        /** The same process, once for each application. */
        List<Running> applications() {
            return server.bases().stream()
                    .map(base -> new Running(server.only(base), process, port, log))
                    .toList();
        }

        long pid() {
            return process.pid();
        }

        String url(Row row) {
            return "http://127.0.0.1:" + port + server.path(row);
        }

        private void awaitAnswer() throws IOException, InterruptedException {
            URI uri = URI.create("http://127.0.0.1:" + port + server.bases().get(0) + "/hello");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (System.nanoTime() < deadline && process.isAlive()) {
                try {
                    HttpRequest request = HttpRequest.newBuilder(uri)
                            .timeout(Duration.ofSeconds(5))
                            .build();
                    if (CLIENT.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    process.waitFor(5, TimeUnit.MILLISECONDS);
                }
            }
            close();
            throw new IOException(server.name() + " did not answer " + uri + ":\n" + Files.readString(log));
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
