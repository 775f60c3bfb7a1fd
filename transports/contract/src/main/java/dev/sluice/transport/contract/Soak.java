package dev.sluice.transport.contract;

import dev.sluice.engine.http.HttpOptions;
import dev.sluice.transport.Loop;
import dev.sluice.transport.LoopBuffers;
import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportOptions;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Mixes everything that clients do, for any length of time, and checks that descriptors, memory and counters come back to where they were:
 * {@code Soak TRANSPORT SECONDS [SEED]}, two minutes by default. Exit status 0 only if nothing is left and no answer was wrong.
 */
public final class Soak {
    private static final int CLIENTS = 16;
    private static final Duration MOST_AT_REST = Duration.ofMillis(100);
    private static final Duration SETTLE = Duration.ofSeconds(60);

    private final HttpUnderTest http;
    private final long deadline;
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong aborts = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();

    private Soak(HttpUnderTest http, Duration duration) {
        this.http = http;
        this.deadline = System.nanoTime() + duration.toNanos();
    }

    /** Runs it and exits. */
    public static void main(String[] arguments) throws Exception {
        String transport = arguments.length > 0 ? arguments[0] : "nio";
        Duration duration = Duration.ofSeconds(arguments.length > 1 ? Long.parseLong(arguments[1]) : 120);
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : System.nanoTime();
        System.out.println("soaking " + transport + " for " + duration.toSeconds() + " s with seed " + seed);
        List<String> faults = run(transport, duration, seed);
        faults.forEach(fault -> System.out.println("FAULT " + fault));
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    /** Runs it; what it answers is empty if all is well. */
    static List<String> run(String name, Duration duration, long seed) throws Exception {
        try (Transport transport = TransportFixture.provider(name)
                        .open(TransportOptions.builder()
                                .loops(2)
                                .threadName("soak")
                                .build());
                HttpUnderTest http = new HttpUnderTest(transport, options())) {
            new Soak(http, Duration.ofMillis(Math.min(2000, duration.toMillis() / 4))).mix(seed + 1);
            Figures before = Figures.settled(transport);
            Soak soak = new Soak(http, duration);
            soak.mix(seed);
            Figures after = Figures.back(transport, before);
            System.out.println(
                    soak.answers + " answers, " + soak.aborts + " aborts; before " + before + ", after " + after);
            List<String> faults = new ArrayList<>(before.faultsOf(after));
            long idle = cpuAtRest(transport, Duration.ofMillis(Math.min(5000, duration.toMillis() / 2)));
            System.out.println("at rest the loops took " + idle / 1_000 + " us of processor time");
            if (idle > MOST_AT_REST.toNanos()) {
                faults.add(idle / 1_000_000 + " ms of processor time at rest (expected: next to nothing)");
            }
            if (soak.wrong.get() > 0) {
                faults.add(soak.wrong + " wrong answers");
            }
            if (soak.answers.get() == 0) {
                faults.add("no answer at all");
            }
            return faults;
        }
    }

    /** Processor time of the loops' threads while nothing goes on: they sleep in the kernel. */
    private static long cpuAtRest(Transport transport, Duration time) {
        long before = cpu(transport);
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return cpu(transport) - before;
    }

    private static long cpu(Transport transport) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return transport.loops().stream()
                .mapToLong(loop -> threads.getThreadCpuTime(loop.thread().getId()))
                .sum();
    }

    /**
     * Undertow starts a connection's idle timer once more when an exchange ends after its client has gone, so that the closed connection
     * stays in memory for that long; it must be over before the figures are compared.
     */
    private static HttpOptions options() {
        return HttpOptions.builder().idleTimeout(Duration.ofSeconds(3)).build();
    }

    private void mix(long seed) throws InterruptedException {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Random random = new Random(seed * CLIENTS + i);
            Thread client = new Thread(() -> client(random), "soak-client-" + i);
            client.start();
            clients.add(client);
        }
        for (Thread client : clients) {
            client.join();
        }
    }

    private void client(Random random) {
        while (System.nanoTime() < deadline) {
            try (Wire wire = http.connect()) {
                for (int left = 1 + random.nextInt(20); left > 0 && System.nanoTime() < deadline; left--) {
                    if (!one(wire, random)) {
                        break;
                    }
                }
            } catch (IOException | RuntimeException e) {
                wrong.incrementAndGet();
                System.out.println("wrong: " + e);
            }
        }
    }

    /** Does one thing; false if the connection cannot be used after it. */
    private boolean one(Wire wire, Random random) throws IOException {
        return switch (random.nextInt(10)) {
            case 0 -> download(wire, "/bytes/", random.nextInt(500_000), random);
            case 1 -> download(wire, "/blocking/", random.nextInt(200_000), random);
            case 2 -> download(wire, "/chunks/", random.nextInt(200_000), random);
            case 3 -> upload(wire, "/echo", random);
            case 4 -> upload(wire, "/blocking-echo", random);
            case 5 -> abort(wire, "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\npart", random);
            case 6 -> abort(wire, "GET /bytes/3000000 HTTP/1.1\r\nHost: localhost\r\n\r\n", random);
            case 7 -> abort(wire, "GET /he", random);
            default -> pipeline(wire, 1 + random.nextInt(8), random);
        };
    }

    private void answered(boolean right) {
        (right ? answers : wrong).incrementAndGet();
    }

    private boolean pipeline(Wire wire, int count, Random random) throws IOException {
        StringBuilder requests = new StringBuilder();
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean fixed = random.nextBoolean();
            requests.append("GET ").append(fixed ? "/fixed" : "/hello").append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
            bodies.add(fixed ? "fixed\n" : "hello");
        }
        wire.send(requests.toString());
        for (String body : bodies) {
            answered(wire.reply().body().equals(body));
        }
        return true;
    }

    private boolean download(Wire wire, String path, int count, Random random) throws IOException {
        wire.get(path + count);
        if (random.nextInt(4) == 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(20)));
        }
        byte[] body = wire.reply().bytes();
        boolean right = body.length == count;
        for (int i = 0; right && i < count; i++) {
            right = body[i] == Resources.at(i);
        }
        answered(right);
        return true;
    }

    private boolean upload(Wire wire, String path, Random random) throws IOException {
        String body = Integer.toString(random.nextInt()).repeat(1 + random.nextInt(2000));
        wire.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n");
        for (int at = 0; at < body.length(); ) {
            int end = Math.min(body.length(), at + 1 + random.nextInt(8000));
            wire.send(body.substring(at, end).getBytes(StandardCharsets.ISO_8859_1));
            at = end;
        }
        answered(wire.reply().body().equals(body));
        return true;
    }

    private boolean abort(Wire wire, String beginning, Random random) throws IOException {
        wire.send(beginning);
        if (random.nextBoolean()) {
            wire.socket().setSoLinger(true, 0);
        }
        aborts.incrementAndGet();
        return false;
    }

    /** What must come back to where it was. */
    private record Figures(long connections, long buffers, long sockets, long heapMegabytes, long directMegabytes) {
        static Figures settled(Transport transport) throws IOException {
            long end = System.nanoTime() + SETTLE.toNanos();
            Figures now = now(transport);
            while ((now.connections != 0 || now.buffers != 0) && System.nanoTime() < end) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                now = now(transport);
            }
            return now;
        }

        /** Waits, for a while, until the figures are back: what a timer still holds is no leak. */
        static Figures back(Transport transport, Figures before) throws IOException {
            long end = System.nanoTime() + SETTLE.toNanos();
            Figures after = settled(transport);
            while (!before.faultsOf(after).isEmpty() && System.nanoTime() < end) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                after = now(transport);
            }
            return after;
        }

        private static Figures now(Transport transport) throws IOException {
            System.gc();
            long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            Runtime runtime = Runtime.getRuntime();
            return new Figures(
                    transport.loops().stream()
                            .map(Loop::counters)
                            .mapToLong(counters -> counters.connectionsOpen())
                            .sum(),
                    transport.buffers() instanceof LoopBuffers own ? own.outstanding() : 0,
                    openSockets(),
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                    direct >> 20);
        }

        private static long openSockets() throws IOException {
            Path descriptors = Path.of("/proc/self/fd");
            if (!Files.isDirectory(descriptors)) {
                return 0;
            }
            try (Stream<Path> all = Files.list(descriptors)) {
                return all.count();
            }
        }

        List<String> faultsOf(Figures after) {
            List<String> faults = new ArrayList<>();
            if (after.connections != 0) {
                faults.add(after.connections + " connections are open (expected: none)");
            }
            if (after.buffers != 0) {
                faults.add(after.buffers + " buffers were not given back (expected: all)");
            }
            if (after.sockets > sockets + 2) {
                faults.add(after.sockets + " descriptors (expected: " + sockets + " as before)");
            }
            if (after.heapMegabytes > heapMegabytes + 32) {
                faults.add(after.heapMegabytes + " MiB of heap (expected: about " + heapMegabytes + ")");
            }
            if (after.directMegabytes > directMegabytes + 32) {
                faults.add(after.directMegabytes + " MiB outside the heap (expected: about " + directMegabytes + ")");
            }
            return faults;
        }
    }
}
