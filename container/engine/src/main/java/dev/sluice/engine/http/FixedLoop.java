package dev.sluice.engine.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Answers requests for fixed responses straight from the bytes that were read, on one loop: no exchange, no string, no buffer of the
 * connection. Pipelined requests leave in one write. What is not plain stays where it is, for the parser.
 *
 * <p>Measured by row {@code fixed} of the side-by-side benchmark.
 */
final class FixedLoop implements FixedRequest {
    private static final int LARGEST_READ = 16 * 1024;
    private static final int OUTPUT = 16 * 1024;
    private static final int SHORTEST = 18;
    private static final int MOST_PENDING = 64 * 1024;
    private static final byte[] DATE = "\r\nDate: ".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final Supplier<FixedTable> tables;
    private final String server;
    private final FixedHead head;
    private final DateField date;
    private final KnownHosts hosts = new KnownHosts();
    private final byte[] input = new byte[LARGEST_READ];
    private final byte[] id = new byte[RequestIds.LENGTH];
    private final ByteBuffer output = ByteBuffer.allocateDirect(OUTPUT);

    // Of the request that is being answered:
    private KnownHosts.@Nullable Known host;
    private FixedResponse.@Nullable Rendered answer;
    private @Nullable InetSocketAddress remote;
    private boolean sentId;
    private long start;
    private int end;

    // Of the batch:
    private @Nullable StreamSinkConduit sink;
    private @Nullable ByteBuffer rest;
    private long taken; // bytes, in this turn

    FixedLoop(Supplier<FixedTable> tables, HttpOptions options, LongSupplier millis) {
        this.tables = tables;
        this.server = options.serverHeader();
        this.head = new FixedHead(options);
        this.date = new DateField(millis);
    }

    /**
     * Answers what can be answered at the beginning of these bytes.
     *
     * @param most how many requests at most
     * @param now {@link System#nanoTime}
     * @return how many bytes are dealt with
     * @throws IOException if the connection is broken
     */
    int answer(FixedConnection connection, ByteBuffer bytes, int from, int to, long most, long now) throws IOException {
        FixedTable table = tables.get();
        int length = Math.min(to - from, LARGEST_READ);
        if (table.empty() || length < SHORTEST || (bytes.get(from) != 'G' && bytes.get(from) != 'H')) {
            return 0;
        }
        bytes.get(from, input, 0, length);
        start = now;
        int done = 0;
        for (long left = most; left > 0 && rest == null; left--) {
            FixedPaths.Target target = find(table, done, length);
            if (target == null) {
                break;
            }
            if (done == 0) {
                begin(connection);
            }
            done = end;
            write();
            connection.counted();
            target.owner().answered(this);
        }
        if (done > 0) {
            finish(connection);
        }
        return done;
    }

    private FixedPaths.@Nullable Target find(FixedTable table, int from, int to) {
        int fields = head.requestLine(input, from, to);
        end = fields < 0 ? -1 : head.fields(input, from, fields, to);
        host = end < 0 ? null : hosts.find(input, head.host, table);
        FixedPaths paths = host == null ? null : host.paths();
        if (paths == null) {
            return null;
        }
        FixedPaths.Target target = paths.find(input, head.path.from, head.path.to, head.pathHash);
        answer = target == null ? null : target.response().rendered(server);
        return answer == null ? null : target;
    }

    private void begin(FixedConnection connection) {
        sink = connection.sink();
        remote = connection.peer();
        taken = 0;
        output.clear();
    }

    private void write() throws IOException {
        FixedResponse.Rendered sent = answer;
        if (sent == null) {
            throw new IllegalStateException("writing without an answer");
        }
        put(sent.head(), 0, sent.head().length);
        FixedHead.Span asked = head.requestId;
        sentId = asked.present() && RequestIds.acceptable(input, asked.from, asked.to);
        if (sentId) {
            put(input, asked.from, asked.length());
        } else {
            RequestIds.make(id, 0);
            put(id, 0, id.length);
        }
        put(DATE, 0, DATE.length);
        byte[] time = date.now();
        put(time, 0, time.length);
        put(END, 0, END.length);
        if (!head.headOnly) {
            put(sent.body(), 0, sent.body().length);
        }
    }

    private void put(byte[] bytes, int from, int count) throws IOException {
        int at = from;
        int to = from + count;
        while (at < to) {
            if (rest == null && !output.hasRemaining()) {
                send();
            }
            ByteBuffer target = rest == null ? output : room(to - at);
            int part = Math.min(to - at, target.remaining());
            target.put(bytes, at, part);
            at += part;
        }
    }

    /** The connection is full; what comes is kept until it takes more. */
    private ByteBuffer room(int count) {
        ByteBuffer kept = rest;
        if (kept == null || kept.remaining() >= count) {
            return kept == null ? output : kept;
        }
        ByteBuffer larger = ByteBuffer.allocate(kept.position() + Math.max(count, MOST_PENDING));
        larger.put(kept.flip());
        rest = larger;
        return larger;
    }

    private void send() throws IOException {
        StreamSinkConduit to = sink;
        if (to == null) {
            throw new IllegalStateException("sending without a connection");
        }
        output.flip();
        int before = output.remaining();
        while (output.hasRemaining() && to.write(output) > 0) {
            // until everything or nothing more is taken
        }
        taken += before - output.remaining();
        if (output.hasRemaining()) {
            rest = ByteBuffer.allocate(output.remaining()).put(output);
        }
        output.clear();
    }

    private void finish(FixedConnection connection) throws IOException {
        try {
            if (rest == null) {
                send();
            }
            connection.sent(taken);
            if (rest != null) {
                connection.full(rest.flip());
            }
        } finally {
            rest = null;
            sink = null;
            remote = null;
            answer = null;
        }
    }

    // ---- the request, for its owner

    @Override
    public String method() {
        return head.headOnly ? "HEAD" : "GET";
    }

    @Override
    public String target() {
        return text(head.path);
    }

    @Override
    public String hostName() {
        KnownHosts.Known known = host;
        return known == null ? "" : known.name();
    }

    @Override
    public String requestId() {
        return sentId ? text(head.requestId) : new String(id, StandardCharsets.ISO_8859_1);
    }

    private String text(FixedHead.Span span) {
        String text = span.text(input);
        return text == null ? "" : text;
    }

    @Override
    public int status() {
        FixedResponse.Rendered sent = answer;
        return sent == null ? 0 : sent.content().answer().status();
    }

    @Override
    public int bytesSent() {
        FixedResponse.Rendered sent = answer;
        return sent == null || head.headOnly ? 0 : sent.body().length;
    }

    @Override
    public long startNanos() {
        return start;
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public @Nullable String referer() {
        return head.referer.text(input);
    }

    @Override
    public @Nullable String userAgent() {
        return head.userAgent.text(input);
    }
}
