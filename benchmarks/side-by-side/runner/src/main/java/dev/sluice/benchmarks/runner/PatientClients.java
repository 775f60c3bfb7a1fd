package dev.sluice.benchmarks.runner;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients that ask one request after the other on a connection of their own, each in its thread, and ask again a while after
 * a 503. Tells the latency of what was accepted from that of what was refused, which wrk does not.
 */
final class PatientClients {
    private static final long PAUSE_MILLISECONDS = 20;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    private PatientClients() {}

    static Answers run(Server.Running server, Row row, int seconds) throws IOException, InterruptedException {
        URI uri = URI.create(server.url(row));
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        ExecutorService threads = Executors.newFixedThreadPool(row.connections());
        try {
            List<Future<Client>> running = new ArrayList<>();
            for (int client = 0; client < row.connections(); client++) {
                running.add(threads.submit(() -> new Client(row.shedding()).ask(uri, end)));
            }
            List<Client> clients = new ArrayList<>();
            for (Future<Client> client : running) {
                clients.add(client.get());
            }
            double[] sorted = clients.stream()
                    .flatMapToDouble(client -> client.millis.stream().mapToDouble(Double::doubleValue))
                    .sorted()
                    .toArray();
            return new Answers(
                    sorted.length,
                    (System.nanoTime() - begin) / 1e9,
                    Answers.percentile(sorted, 0.50),
                    Answers.percentile(sorted, 0.99),
                    clients.stream().mapToLong(client -> client.errors).sum());
        } catch (ExecutionException e) {
            throw new IOException("a client failed", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** One connection. */
    private static final class Client {
        private final boolean shedding;
        private final List<Double> millis = new ArrayList<>();
        private final byte[] buffer = new byte[16 * 1024];
        private long errors;

        Client(boolean shedding) {
            this.shedding = shedding;
        }

        Client ask(URI uri, long end) throws InterruptedException {
            byte[] request = ("GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + Load.HOST + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            while (System.nanoTime() < end) {
                try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
                    socket.setSoTimeout(10_000);
                    while (System.nanoTime() < end) {
                        exchange(socket, request);
                    }
                } catch (IOException e) {
                    errors++;
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
                }
            }
            return this;
        }

        private void exchange(Socket socket, byte[] request) throws IOException, InterruptedException {
            long asked = System.nanoTime();
            socket.getOutputStream().write(request);
            int status = status(socket.getInputStream());
            if (status == 200) {
                millis.add((System.nanoTime() - asked) / 1e6);
            } else if (status == 503 && shedding) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
            } else {
                errors++;
            }
        }

        /** Reads one answer to its end. */
        private int status(InputStream in) throws IOException {
            int filled = 0;
            while (true) {
                int count = in.read(buffer, filled, buffer.length - filled);
                if (count <= 0) {
                    throw new EOFException("the server closed the connection in the middle of an answer");
                }
                filled += count;
                String text = new String(buffer, 0, filled, StandardCharsets.ISO_8859_1);
                int head = text.indexOf("\r\n\r\n");
                Matcher length = LENGTH.matcher(text);
                if (head >= 0 && length.find() && filled >= head + 4 + Integer.parseInt(length.group(1))) {
                    return Integer.parseInt(text.substring(9, 12));
                }
            }
        }
    }
}
