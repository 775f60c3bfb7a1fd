package dev.sluice.benchmarks.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long 20 keep-alive connections wait while none, one or two requests spin: {@code Neighbours INSTALLATION WAR TRANSPORT ROUNDS [first]}.
 * Each round is the three in turn, so that all of them see the same machine; printed are medians over the rounds. A burner's servlet has
 * run before, quickly, so that it is trusted on its loop; with {@code first} it has not.
 */
public final class Neighbours {
    private static final int CONNECTIONS = 20;
    private static final long BURN_MILLIS = 4_000;
    private static final long THINK_MILLIS = 5;
    private static final Pattern LISTENING = Pattern.compile("listening on http://[^ ]*:(\\d+) ");

    private final int port;
    private final boolean first;
    private int burned;

    private Neighbours(int port, boolean first) {
        this.port = port;
        this.first = first;
    }

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        Path installation = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[3]);
        Path log = Files.createTempFile("neighbours", ".log");
        Process server = new ProcessBuilder(
                        installation.resolve("bin/sluice").toString(),
                        "run",
                        "--port",
                        "0",
                        "--admin-port",
                        "0",
                        "--transport",
                        arguments[2],
                        arguments[1] + "=/bench")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            new Neighbours(port(server, log), arguments.length > 4 && arguments[4].equals("first")).measure(rounds);
        } finally {
            server.destroy();
            server.waitFor(60, TimeUnit.SECONDS);
            Files.delete(log);
        }
    }

    private static int port(Process server, Path log) throws IOException, InterruptedException {
        while (server.isAlive()) {
            Matcher matcher = LISTENING.matcher(Files.readString(log));
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
            Thread.sleep(50);
        }
        throw new IOException("the server ended without listening: " + Files.readString(log));
    }

    private void measure(int rounds) throws Exception {
        waits(0); // Warms up.
        List<long[]> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (int burners = 0; burners <= 2; burners++) {
                all.add(waits(burners));
            }
        }
        double alone = 0;
        for (int burners = 0; burners <= 2; burners++) {
            int number = burners;
            double p50 = median(all, number, 0.50);
            double p99 = median(all, number, 0.99);
            double worst = median(all, number, 1);
            alone = burners == 0 ? p99 : alone;
            System.out.printf(
                    Locale.ROOT,
                    "burners %d: p50 %.2f ms, p99 %.2f ms (%.1f times alone), worst %.1f ms%n",
                    burners,
                    p50,
                    p99,
                    p99 / alone,
                    worst);
        }
    }

    private static double median(List<long[]> all, int burners, double quantile) {
        double[] sorted = new double[all.size() / 3];
        for (int round = 0; round < sorted.length; round++) {
            long[] waits = all.get(3 * round + burners);
            int at = (int) Math.min(waits.length - 1L, Math.floor(quantile * waits.length));
            sorted[round] = waits[at] / 1e6;
        }
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The sorted waits of all neighbours while that many requests spin. */
    private long[] waits(int burners) throws Exception {
        List<Neighbour> neighbours = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            neighbours.add(new Neighbour());
        }
        List<Socket> spinning = new ArrayList<>();
        for (int i = 0; i < burners; i++) {
            int servlet = burned++;
            Socket burner = connect();
            if (!first) {
                get(burner, "/bench/burn/" + servlet + "?0");
                get(burner, "/bench/burn/" + servlet + "?0");
            }
            spinning.add(burner);
            send(burner, "/bench/burn/" + servlet + "?" + BURN_MILLIS);
        }
        neighbours.forEach(Thread::start);
        List<Long> waits = new ArrayList<>();
        for (Neighbour each : neighbours) {
            each.join();
            waits.addAll(each.waits);
        }
        for (Socket burner : spinning) {
            receive(burner);
            burner.close();
        }
        return waits.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private final class Neighbour extends Thread {
        private final Socket socket = connect();
        private final List<Long> waits = new ArrayList<>();

        Neighbour() throws IOException {
            get(socket, "/bench/hello");
        }

        @Override
        public void run() {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BURN_MILLIS - 200);
            try (socket) {
                while (System.nanoTime() - end < 0) {
                    long start = System.nanoTime();
                    get(socket, "/bench/hello");
                    waits.add(System.nanoTime() - start);
                    Thread.sleep(THINK_MILLIS);
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("a neighbour was not answered", e);
            }
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void get(Socket socket, String path) throws IOException {
        send(socket, path);
        receive(socket);
    }

    private static void send(Socket socket, String path) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Answers are short: a head, and a body of the length that it says, in one buffer. */
    private static void receive(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[4096];
        int filled = 0;
        while (true) {
            int count = in.read(buffer, filled, buffer.length - filled);
            if (count < 0) {
                throw new IOException("the connection was closed");
            }
            filled += count;
            String text = new String(buffer, 0, filled, StandardCharsets.ISO_8859_1);
            int head = text.indexOf("\r\n\r\n");
            if (head < 0) {
                continue;
            }
            if (!text.startsWith("HTTP/1.1 200")) {
                throw new IOException("expected 200: " + text);
            }
            Matcher length = Pattern.compile("(?i)\r\nContent-Length: (\\d+)").matcher(text);
            if (length.find() && filled >= head + 4 + Integer.parseInt(length.group(1))) {
                return;
            }
        }
    }
}
