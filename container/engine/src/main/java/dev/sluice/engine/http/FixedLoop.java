package dev.sluice.engine.http;

import dev.sluice.engine.http.http1.Head;
import dev.sluice.engine.http.http1.KnownField;
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
    private static final int OUTPUT = 16 * 1024;
    private static final int MOST_PENDING = 64 * 1024;
    /** What makes an answer depend on more than the path and the host, or has a body behind it. */
    private static final long DECISIVE = KnownField.CONTENT_LENGTH.bit()
            | KnownField.TRANSFER_ENCODING.bit()
            | KnownField.EXPECT.bit()
            | KnownField.UPGRADE.bit()
            | KnownField.RANGE.bit()
            | KnownField.IF_MATCH.bit()
            | KnownField.IF_NONE_MATCH.bit()
            | KnownField.IF_MODIFIED_SINCE.bit()
            | KnownField.IF_UNMODIFIED_SINCE.bit()
            | KnownField.IF_RANGE.bit()
            | KnownField.FORWARDED.bit()
            | KnownField.X_FORWARDED_FOR.bit()
            | KnownField.X_FORWARDED_HOST.bit()
            | KnownField.X_FORWARDED_PORT.bit()
            | KnownField.X_FORWARDED_PROTO.bit()
            | KnownField.X_FORWARDED_PREFIX.bit();

    private static final byte[] DATE = "\r\nDate: ".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final Supplier<FixedTable> tables;
    private final String server;
    private final DateField date;
    private final KnownHosts hosts = new KnownHosts();
    private final byte[] id = new byte[RequestIds.LENGTH];
    private final ByteBuffer output = ByteBuffer.allocateDirect(OUTPUT);

    // Of the request that is being answered:
    private KnownHosts.@Nullable Known host;
    private FixedResponse.@Nullable Rendered answer;
    private @Nullable InetSocketAddress remote;
    private @Nullable Head asked;
    private @Nullable String sentId; // null for one that was made
    private boolean headOnly;
    private long start;

    // Of the batch:
    private @Nullable StreamSinkConduit sink;
    private @Nullable ByteBuffer rest;
    private long taken; // bytes, in this turn

    FixedLoop(Supplier<FixedTable> tables, HttpOptions options, LongSupplier millis) {
        this.tables = tables;
        this.server = options.serverHeader();
        this.date = new DateField(millis);
    }

    /**
     * Answers a request, if that is plain and there is a fixed response for it.
     *
     * @throws IOException if the connection is broken
     */
    boolean answer(FixedConnection connection, Head head) throws IOException {
        FixedTable table = tables.get();
        FixedPaths.Target target = table.empty() || !plain(head) ? null : find(table, head);
        if (target == null) {
            return false;
        }
        start = System.nanoTime();
        asked = head;
        headOnly = head.is("HEAD");
        if (sink == null) {
            begin(connection);
        }
        write(head);
        connection.counted();
        target.owner().answered(this);
        return true;
    }

    /** Whether the connection takes no more for now. */
    boolean full() {
        return rest != null;
    }

    /** Whether nothing but the path and the host has a say in the answer. */
    static boolean plain(Head head) {
        return head.plainTarget()
                && (head.known() & DECISIVE) == 0
                && head.minorVersion() == 1
                && (head.is("GET") || head.is("HEAD"))
                && staysOpen(head)
                && head.occurrences(KnownField.X_REQUEST_ID) <= 1;
    }

    private static boolean staysOpen(Head head) {
        for (int i = head.has(KnownField.CONNECTION) ? 0 : head.count(); i < head.count(); i++) {
            if (head.named(i, "connection") && !head.valued(i, "keep-alive")) {
                return false;
            }
        }
        return true;
    }

    private FixedPaths.@Nullable Target find(FixedTable table, Head head) {
        String field = head.host();
        host = field == null ? null : hosts.find(field, table);
        FixedPaths paths = host == null ? null : host.paths();
        FixedPaths.Target target = paths == null ? null : paths.find(head);
        answer = target == null ? null : target.response().rendered(server);
        return answer == null ? null : target;
    }

    private void begin(FixedConnection connection) {
        sink = connection.sink();
        remote = connection.peer();
        taken = 0;
        output.clear();
    }

    private void write(Head head) throws IOException {
        FixedResponse.Rendered sent = answer;
        if (sent == null) {
            throw new IllegalStateException("writing without an answer");
        }
        put(sent.head(), 0, sent.head().length);
        String known = head.has(KnownField.X_REQUEST_ID) ? head.first(RequestIds.NAME) : null;
        sentId = known != null && RequestIds.acceptable(known) ? known : null;
        if (sentId != null) {
            byte[] bytes = sentId.getBytes(StandardCharsets.ISO_8859_1);
            put(bytes, 0, bytes.length);
        } else {
            RequestIds.make(id, 0);
            put(id, 0, id.length);
        }
        put(DATE, 0, DATE.length);
        byte[] time = date.now();
        put(time, 0, time.length);
        put(END, 0, END.length);
        if (!headOnly) {
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

    /**
     * Sends what was answered since the last time; the connection keeps what it cannot send.
     *
     * @throws IOException if the connection is broken
     */
    void finish(FixedConnection connection) throws IOException {
        if (sink == null) {
            return;
        }
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
            asked = null;
        }
    }

    // ---- the request, for its owner

    @Override
    public String method() {
        return headOnly ? "HEAD" : "GET";
    }

    @Override
    public String target() {
        Head head = asked;
        return head == null ? "" : head.target();
    }

    @Override
    public String hostName() {
        KnownHosts.Known known = host;
        return known == null ? "" : known.name();
    }

    @Override
    public String requestId() {
        String sent = sentId;
        return sent == null ? new String(id, StandardCharsets.ISO_8859_1) : sent;
    }

    @Override
    public int status() {
        FixedResponse.Rendered sent = answer;
        return sent == null ? 0 : sent.content().answer().status();
    }

    @Override
    public int bytesSent() {
        FixedResponse.Rendered sent = answer;
        return sent == null || headOnly ? 0 : sent.body().length;
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
        Head head = asked;
        return head == null ? null : head.first("Referer");
    }

    @Override
    public @Nullable String userAgent() {
        Head head = asked;
        return head == null ? null : head.first("User-Agent");
    }
}
