package dev.sluice.distribution;

import dev.sluice.distribution.Connections.Connection;
import dev.sluice.distribution.application.BurnApplication;
import dev.sluice.distribution.application.FillApplication;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Everything that goes on at the same time in a server that runs for long: ordinary clients that keep their connections, one that burns a
 * processor, one that leaves while its requests run, a redeploy now and then, and now and then an application that fills the heap.
 *
 * <p>No ordinary request may fail, with one exception: while the heap is full, and on connections that were open then. A request during a
 * redeploy, beside a burner or beside clients that leave has no excuse.
 */
final class Soak implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final int BURN_MILLIS = 1_000;
    private static final int FILL_MILLIS = 1_500;
    private static final Duration LONGEST = Duration.ofSeconds(120);

    private final SluiceProcess sluice;
    private final Path directory;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(CLIENTS + 4);
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final List<Client> clients = new ArrayList<>();
    private final Latencies latencies = new Latencies();
    private final AtomicInteger fullHeaps = new AtomicInteger(); // odd while the heap is full
    private final AtomicLong excused = new AtomicLong();
    private final AtomicLong burnt = new AtomicLong();
    private final AtomicLong left = new AtomicLong();
    private final AtomicInteger redeploys = new AtomicInteger();

    Soak(SluiceProcess sluice, Path directory) {
        this.sluice = sluice;
        this.directory = directory;
    }

    /** The applications, for the command line of the server. */
    static List<String> applications(Path directory) throws IOException {
        Path burn = Jars.handler(directory.resolve("burn.jar"), BurnApplication.class, BurnApplication.class);
        Path fill = Jars.handler(directory.resolve("fill.jar"), FillApplication.class, FillApplication.class);
        Jars.slow(directory.resolve("apps/shop.jar"), "0");
        return List.of(burn + "=/burn", fill + "=/fill");
    }

    /** Runs it for this long; what went wrong. */
    List<String> run(Duration time, Duration redeploy, Duration fill) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        for (int i = 0; i < CLIENTS; i++) {
            Client client = new Client();
            clients.add(client);
            every(Duration.ofMillis(10), client);
        }
        every(Duration.ofMillis(20), this::leave);
        every(Duration.ofSeconds(4), this::burn);
        long nextRedeploy = System.nanoTime() + redeploy.toNanos() / 2;
        long nextFill = System.nanoTime() + fill.toNanos();
        while (System.nanoTime() - end < 0 && sluice.alive()) {
            long next = nextRedeploy - nextFill < 0 ? nextRedeploy : nextFill;
            waitUntil(next - end < 0 ? next : end);
            if (System.nanoTime() - end >= 0) {
                break;
            }
            if (next == nextRedeploy) {
                redeploy();
                nextRedeploy += redeploy.toNanos();
            } else {
                fill();
                nextFill += fill.toNanos();
            }
        }
        threads.shutdown();
        if (!threads.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            faults.add("clients did not come to an end within " + LONGEST.toSeconds() + " s");
        }
        for (Client client : clients) {
            client.drop();
        }
        return List.copyOf(faults);
    }

    private void every(Duration time, Runnable task) {
        threads.scheduleWithFixedDelay(task, 0, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void waitUntil(long nanos) throws InterruptedException {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime());
        if (millis > 0 && threads.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("the clients of the soak have ended before it");
        }
    }

    /** A figure for a line of the summary. */
    String summary() {
        return latencies.count() + " ordinary requests, " + faults.size() + " failed, " + excused
                + " excused by a full heap; p50 "
                + latencies.millis(0.5) + " ms, p99 " + latencies.millis(0.99) + " ms, longest " + latencies.millis(1)
                + " ms; " + burnt + " burners of " + BURN_MILLIS + " ms, " + left + " clients left, " + redeploys
                + " redeploys, " + fullHeaps.get() / 2 + " full heaps";
    }

    // ---- what goes wrong on purpose

    private void redeploy() throws Exception {
        int number = redeploys.incrementAndGet();
        long before = deployments();
        Path next = Jars.slow(directory.resolve("next.jar"), "x".repeat(number));
        Files.move(next, sluice.apps().resolve("shop.jar"), StandardCopyOption.ATOMIC_MOVE);
        if (!comes(() -> deployments() > before)) {
            faults.add("redeploy " + number + " did not come within " + LONGEST.toSeconds() + " s");
        }
    }

    private long deployments() {
        return sluice.lines().stream()
                .filter(line -> line.contains("shop runs at /shop"))
                .count();
    }

    private void fill() throws Exception {
        int before = filled();
        fullHeaps.incrementAndGet();
        sluice.get("/fill/fill/" + FILL_MILLIS);
        if (!comes(() -> filled() > before)) {
            faults.add("a full heap did not end within " + LONGEST.toSeconds() + " s");
        } else if (!sluice.get("/fill/filled").body().endsWith(" true")) {
            faults.add("the heap was never full");
        }
        fullHeaps.incrementAndGet();
    }

    private int filled() throws IOException, InterruptedException {
        HttpResponse<String> answer = sluice.get("/fill/filled");
        if (answer.statusCode() != 200) {
            throw new IOException("/fill/filled: status " + answer.statusCode());
        }
        String body = answer.body();
        return Integer.parseInt(body.substring(0, body.indexOf(' ')));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private boolean comes(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() - end < 0) {
            try {
                if (condition.holds()) {
                    return true;
                }
            } catch (IOException e) {
                excused.incrementAndGet(); // the heap is full
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            waitUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50));
        }
        return false;
    }

    private void burn() {
        int before = fullHeaps.get();
        try (Connection connection = new Connection(sluice.port())) {
            String head = connection.get("/burn/burn/" + BURN_MILLIS).response();
            if (head.startsWith("HTTP/1.1 200")) {
                burnt.incrementAndGet();
            } else {
                fails(before, "/burn/burn: " + head);
            }
        } catch (IOException e) {
            fails(before, "/burn/burn: " + e);
        }
    }

    /** Closes while the request runs, orderly and with a reset in turn. */
    private void leave() {
        int before = fullHeaps.get();
        try (Connection connection = new Connection(sluice.port())) {
            connection.get("/shop/slow/100");
            if (left.incrementAndGet() % 2 == 0) {
                connection.abort();
            }
        } catch (IOException e) {
            fails(before, "connecting: " + e);
        }
    }

    private void fails(int fullHeapsBefore, String fault) {
        int now = fullHeaps.get();
        if (now % 2 == 1 || now != fullHeapsBefore) {
            excused.incrementAndGet();
        } else {
            faults.add(fault);
        }
    }

    /** Asks for one thing after the other on a connection that it keeps. */
    private final class Client implements Runnable {
        private static final String BODY = "b".repeat(2_000);
        private final List<String> requests = List.of(
                "GET /burn/hello HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /shop/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /burn/echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY,
                "GET /shop/slow/5 HTTP/1.1\r\nHost: a\r\n\r\n");
        private int next;
        private int opened;
        private Connection connection;

        @Override
        public void run() {
            String request = requests.get(next++ % requests.size());
            int before = fullHeaps.get();
            long start = System.nanoTime();
            try {
                String head = open(before).send(request).response();
                if (!head.startsWith("HTTP/1.1 200")) {
                    fails(before, request.substring(0, request.indexOf('\r')) + ": " + head);
                    drop();
                } else if (before == fullHeaps.get() && before % 2 == 0) {
                    latencies.add(System.nanoTime() - start);
                }
            } catch (IOException e) {
                fails(before, request.substring(0, request.indexOf('\r')) + ": " + e);
                drop();
            }
        }

        private Connection open(int heaps) throws IOException {
            if (opened != heaps) {
                drop();
            }
            if (connection == null) {
                connection = new Connection(sluice.port());
                opened = heaps;
            }
            return connection;
        }

        private void drop() {
            Connection old = connection;
            connection = null;
            try {
                if (old != null) {
                    old.close();
                }
            } catch (IOException e) {
                faults.add("closing: " + e);
            }
        }
    }

    /** Times by tenths of a millisecond up to ten seconds. Any thread. */
    private static final class Latencies {
        private final int[] counts = new int[100_001];
        private long longest;
        private long count;

        synchronized void add(long nanos) {
            counts[(int) Math.min(counts.length - 1, nanos / 100_000)]++;
            longest = Math.max(longest, nanos);
            count++;
        }

        synchronized long count() {
            return count;
        }

        synchronized double millis(double part) {
            if (part >= 1) {
                return longest / 100_000 / 10.0;
            }
            long rank = (long) (count * part);
            int at = 0;
            for (long seen = counts[0]; seen <= rank && at < counts.length - 1; ) {
                seen += counts[++at];
            }
            return at / 10.0;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
