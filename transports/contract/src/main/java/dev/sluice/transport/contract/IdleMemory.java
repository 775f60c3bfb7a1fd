package dev.sluice.transport.contract;

import dev.sluice.engine.http.HttpOptions;
import dev.sluice.transport.Loop;
import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what a connection costs that has had a request and waits for the next: {@code IdleMemory TRANSPORT [CONNECTIONS]}, 10,000 by
 * default. The server is a process of its own, so that each side needs one descriptor for a connection; {@code ulimit -n} must allow it.
 */
public final class IdleMemory {
    private static final String SERVE = "serve";

    private IdleMemory() {}

    /** Heap and direct memory in use after collections, in bytes. */
    record Memory(long heap, long direct) {
        static Memory now() {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                System.gc();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                Runtime runtime = Runtime.getRuntime();
                least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
            }
            long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            return new Memory(least, direct);
        }

        static Memory parse(String line) {
            String[] parts = line.split(" ");
            return new Memory(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }
    }

    /** Prints the figures. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals(SERVE)) {
            serve(arguments[1]);
            return;
        }
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        Memory each = measure(arguments[0], count);
        System.out.printf(
                Locale.ROOT,
                "%s: %d idle connections, each %d bytes of heap and %d bytes of direct memory: %.2f KiB%n",
                arguments[0],
                count,
                each.heap,
                each.direct,
                (each.heap + each.direct) / 1024.0);
    }

    /** Bytes for each connection. */
    static Memory measure(String transport, int count) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process server = new ProcessBuilder(
                        java,
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleMemory.class.getName(),
                        SERVE,
                        transport)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Wire> wires = new ArrayList<>();
        try (BufferedReader answers =
                        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII));
                OutputStream commands = server.getOutputStream()) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(answers.readLine()));
            use(address, wires, 256);
            close(wires);
            Memory before = ask(commands, answers, 0);
            use(address, wires, count);
            Memory after = ask(commands, answers, count);
            return new Memory((after.heap - before.heap) / count, (after.direct - before.direct) / count);
        } finally {
            close(wires);
            server.destroy();
            server.waitFor();
        }
    }

    private static void use(InetSocketAddress address, List<Wire> wires, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Wire wire = new Wire(address);
            wires.add(wire);
            if (!wire.get("/hello").reply().body().equals("hello")) {
                throw new IOException("connection " + i + " got another answer than hello");
            }
        }
    }

    private static void close(List<Wire> wires) throws IOException {
        for (Wire wire : wires) {
            wire.close();
        }
        wires.clear();
    }

    private static Memory ask(OutputStream commands, BufferedReader answers, int connections) throws IOException {
        commands.write((connections + "\n").getBytes(StandardCharsets.US_ASCII));
        commands.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the server ended before it answered");
        }
        return Memory.parse(line);
    }

    /** The other process: for each line, waits for so many connections and tells its memory. */
    private static void serve(String name) throws IOException {
        HttpOptions options =
                HttpOptions.builder().idleTimeout(Duration.ofMinutes(10)).build();
        try (Transport transport = TransportFixture.provider(name)
                        .open(TransportOptions.builder()
                                .loops(2)
                                .threadName("idle")
                                .build());
                HttpUnderTest http = new HttpUnderTest(transport, options);
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            System.out.println(http.address().getPort());
            for (String line; (line = commands.readLine()) != null; ) {
                long wanted = Long.parseLong(line);
                while (open(transport) != wanted) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
                Memory memory = Memory.now();
                System.out.println(memory.heap + " " + memory.direct);
            }
        }
    }

    private static long open(Transport transport) {
        return transport.loops().stream()
                .map(Loop::counters)
                .mapToLong(counters -> counters.connectionsOpen())
                .sum();
    }
}
