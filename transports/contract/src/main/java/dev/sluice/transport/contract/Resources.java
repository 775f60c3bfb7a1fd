package dev.sluice.transport.contract;

import dev.sluice.engine.http.Answer;
import dev.sluice.engine.http.Answerer;
import dev.sluice.engine.http.BodyTooLargeException;
import dev.sluice.engine.http.Headers;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.http.RequestBody;
import dev.sluice.engine.http.ResponseBody;
import dev.sluice.engine.http.UpgradedConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What the contract's clients ask for:
 *
 * <pre>
 * /hello            "hello"                       /echo             the request's body, read and written on the loop
 * /blocking-echo    the same on a worker          /bytes/N          N bytes, written on the loop
 * /blocking/N       N bytes, written on a worker  /chunks/N         the same without a length
 * /small            as /echo, for at most 1,000 bytes             /events/N         as /chunks, as server-sent events
 * /path             the path as sent              /upgrade          switches to an echo of raw bytes
 * /host             name and port of the host, and the Host field
 * /fixed            a fixed response              /large-fixed      a large one
 * /held             nothing until it is released  /held-elsewhere   the same, as if a thread of its own worked on it
 * </pre>
 */
final class Resources implements Consumer<HttpExchange> {
    private static final System.Logger LOG = System.getLogger(Resources.class.getName());

    static final Answer FIXED = new Answer(200, new Headers(), HttpUnderTest.FIXED);
    static final Answer LARGE_FIXED = new Answer(200, new Headers(), HttpUnderTest.LARGE_FIXED);

    static final int SMALL_BODY = 1000;
    private static final long LARGEST_BODY = 200L * 1024 * 1024;

    private final Executor workers;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final Queue<HttpExchange> held = new ConcurrentLinkedQueue<>();

    Resources(Executor workers) {
        this.workers = workers;
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void accept(HttpExchange exchange) {
        requests.incrementAndGet();
        exchange.requestBody().maxSize(LARGEST_BODY);
        String path = exchange.rawPath();
        if (path.equals("/small")) {
            exchange.requestBody().maxSize(SMALL_BODY);
            new Echo(exchange).step();
        } else if (path.equals("/echo")) {
            new Echo(exchange).step();
        } else if (path.equals("/blocking-echo")) {
            workers.execute(() -> guarded(exchange, () -> blockingEcho(exchange)));
        } else if (path.startsWith("/blocking/") || path.startsWith("/chunks/") || path.startsWith("/events/")) {
            workers.execute(() -> guarded(exchange, () -> blockingBytes(exchange)));
        } else if (path.startsWith("/bytes/")) {
            new Stream(exchange, Long.parseLong(path.substring(7))).step();
        } else if (path.endsWith("fixed")) {
            exchange.answer(Answerer.GATE, path.equals("/fixed") ? FIXED : LARGE_FIXED);
        } else if (path.startsWith("/held")) {
            hold(exchange);
        } else if (path.equals("/upgrade")) {
            exchange.upgrade("echo", connection -> new RawEcho(connection).step());
        } else {
            String text = path.equals("/hello") ? "hello" : path.equals("/host") ? host(exchange) : path;
            exchange.responseHeaders().set("Content-Type", "text/plain");
            guarded(exchange, () -> last(exchange, text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String host(HttpExchange exchange) {
        return exchange.hostName() + " " + exchange.hostPort() + " " + exchange.requestHeader("Host");
    }

    private void hold(HttpExchange exchange) {
        if (exchange.rawPath().equals("/held-elsewhere")) {
            exchange.leaveLoop();
        }
        exchange.onDisconnect(left::incrementAndGet);
        held.add(exchange);
    }

    /** How many requests are held. */
    int held() {
        return held.size();
    }

    /** How many clients have left while their request was held. */
    int left() {
        return left.get();
    }

    /** Ends what is held. */
    void release() {
        for (HttpExchange exchange; (exchange = held.poll()) != null; ) {
            exchange.end();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void guarded(HttpExchange exchange, Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the client of " + exchange + " is gone or sent nonsense", e);
            exchange.closeAfterwards();
            if (!exchange.answer(Answerer.CRASH, Answer.empty(e instanceof BodyTooLargeException ? 413 : 400))) {
                exchange.abort();
            }
        }
    }

    private static void last(HttpExchange exchange, byte[] body) throws IOException {
        exchange.responseBody().writeLast(ByteBuffer.wrap(body));
    }

    private static void blockingEcho(HttpExchange exchange) throws IOException {
        RequestBody in = exchange.requestBody();
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            if (count == 0) {
                in.awaitReadable();
                continue;
            }
            writeAll(exchange, buffer.flip());
            buffer.clear();
        }
        exchange.end();
    }

    private static void writeAll(HttpExchange exchange, ByteBuffer bytes) throws IOException {
        ResponseBody out = exchange.responseBody();
        while (bytes.hasRemaining()) {
            if (out.write(bytes) == 0) {
                out.awaitWritable();
            }
        }
    }

    private static void blockingBytes(HttpExchange exchange) throws IOException {
        String path = exchange.rawPath();
        long count = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
        if (path.startsWith("/blocking/")) {
            exchange.responseHeaders().set("Content-Length", Long.toString(count));
        }
        if (path.startsWith("/events/")) {
            exchange.responseHeaders().set("Content-Type", "text/event-stream");
        }
        for (long at = 0; at < count; at += 8192) {
            writeAll(exchange, ByteBuffer.wrap(block(at, (int) Math.min(8192, count - at))));
        }
        exchange.end();
    }

    /** The byte that stands at that position of every body. */
    static byte at(long position) {
        return (byte) (position * 31 + (position >>> 13));
    }

    private static byte[] block(long start, int length) {
        byte[] block = new byte[length];
        for (int i = 0; i < length; i++) {
            block[i] = at(start + i);
        }
        return block;
    }

    /** Collects a body on the loop and sends it back. */
    private record Echo(HttpExchange exchange, ByteArrayOutputStream body, ByteBuffer buffer) {
        Echo(HttpExchange exchange) {
            this(exchange, new ByteArrayOutputStream(), ByteBuffer.allocate(8192));
        }

        void step() {
            guarded(exchange, () -> {
                int count;
                while ((count = exchange.requestBody().read(buffer)) > 0) {
                    body.write(buffer.array(), 0, buffer.position());
                    buffer.clear();
                }
                if (count == 0) {
                    exchange.requestBody().onReadable(this::step);
                } else {
                    last(exchange, body.toByteArray());
                }
            });
        }
    }

    /** Writes a body on the loop, block by block, as fast as the client takes it. */
    private static final class Stream {
        private final HttpExchange exchange;
        private final long count;
        private long position;
        private ByteBuffer block = ByteBuffer.allocate(0);

        Stream(HttpExchange exchange, long count) {
            this.exchange = exchange;
            this.count = count;
            exchange.responseHeaders().set("Content-Length", Long.toString(count));
        }

        void step() {
            guarded(exchange, () -> {
                while (block.hasRemaining() || position < count) {
                    if (!block.hasRemaining()) {
                        block = ByteBuffer.wrap(block(position, (int) Math.min(64 * 1024, count - position)));
                        position += block.remaining();
                    }
                    if (exchange.responseBody().write(block) == 0) {
                        exchange.responseBody().onWritable(this::step);
                        return;
                    }
                }
                exchange.end();
            });
        }
    }

    /** Sends raw bytes back until the client ends. */
    private record RawEcho(UpgradedConnection connection, ByteBuffer buffer) {
        RawEcho(UpgradedConnection connection) {
            this(connection, ByteBuffer.allocate(1024));
        }

        void step() {
            try {
                int count;
                while ((count = connection.read(buffer)) > 0) {
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        connection.write(buffer); // a few bytes in a test always fit, sooner or later
                    }
                    buffer.clear();
                }
                if (count == 0) {
                    connection.onReadable(this::step);
                } else {
                    connection.close();
                }
            } catch (IOException e) {
                connection.close();
            }
        }
    }
}
