package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.Buffers;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.channels.SslChannel;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Stands between the socket and the HTTP/1.1 parser. It lets through what {@link FramingScanner} accepts, holds back what must wait,
 * notices a client that goes away while nobody reads, and evicts clients that are too slow.
 *
 * <p>Reads may come from any thread, one at a time; the watch and the clock run on the loop. What they share is guarded by this object.
 */
final class RequestGuard extends WatchedSource implements DisconnectWatch.Watched, Evictable {
    private static final int READ_AHEAD = 8 * 1024;

    private final StreamConnection connection;
    private final StreamSinkConduit sink;
    private final @Nullable SocketWatch socket; // with TLS only
    private final FramingScanner scanner;
    private final ListenerCounters counters;
    private final ConnectionLimits limits;
    private final Eviction eviction;
    private final EventLoop loop;
    private final @Nullable FixedConnection fixed; // not with TLS
    private boolean listed; // on the loop
    private long requests; // on the loop

    private @Nullable ByteBuffer held;
    private boolean lineSkipped;
    private boolean carriageReturn;
    private boolean ended;
    private boolean watching;
    private boolean refused;
    private boolean closed;
    private @Nullable HttpExchange current;
    private int begun;

    RequestGuard(
            StreamConnection connection,
            HttpOptions options,
            EventLoop loop,
            ListenerCounters counters,
            ConnectionLimits limits,
            FixedLoop answers,
            @Nullable SocketWatch socket) {
        super(connection.getSourceChannel().getConduit());
        this.connection = connection;
        this.socket = socket;
        this.sink = connection.getSinkChannel().getConduit();
        this.scanner = new FramingScanner(options);
        this.counters = counters;
        this.limits = limits;
        this.loop = loop;
        this.eviction = new Eviction(this, options, loop);
        this.fixed = connection instanceof SslChannel
                ? null
                : new FixedConnection(this, connection, options, answers, counters);
    }

    /**
     * Stands in front from now on.
     *
     * @param alreadyRead what somebody has read before; null for nothing
     */
    void install(@Nullable ByteBuffer alreadyRead) {
        held = alreadyRead;
        connection.getSourceChannel().setConduit(this);
        // The channel has told its first conduit only.
        setReadReadyHandler(new ReadReadyHandler.ChannelListenerHandler<>(connection.getSourceChannel()));
        eviction.idle();
    }

    /** Whether this connection is to end with its request. */
    boolean draining() {
        return limits.draining();
    }

    /** Requests on this connection so far. */
    long requests() {
        return requests;
    }

    /** Counts a request and says which one it is, from 1; on the loop. */
    long nextRequest() {
        return ++requests;
    }

    EventLoop loop() {
        return loop;
    }

    StreamConnection connection() {
        return connection;
    }

    // ---- reading

    @Override
    public synchronized int read(ByteBuffer target) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        watching = false; // Until the next tick, if nobody reads until then: a reader notices the end by itself.
        if (refused || !target.hasRemaining() || fixed != null && fixed.busy()) {
            return 0;
        }
        Violation broken = scanner.violation();
        if (broken != null) {
            if (scanner.inHead()) {
                refuse(broken);
            }
            return 0;
        }
        int from = target.position();
        int count = fill(target);
        if (count <= 0) {
            return count;
        }
        skipEmptyLine(target, from);
        if (target.position() == from || current == null && scanner.atStart() && answered(target, from)) {
            return 0;
        }
        skipEmptyLine(target, from);
        return target.position() == from ? 0 : admit(target, from);
    }

    /** RFC 9112, 2.2: one empty line in front of a request line is taken away; what else stands there is the scanner's business. */
    private void skipEmptyLine(ByteBuffer target, int from) {
        if (refused || lineSkipped || !scanner.atStart()) {
            return;
        }
        int at = from;
        if (!carriageReturn && at < target.position() && target.get(at) == '\r') {
            carriageReturn = true;
            at++;
        }
        if (carriageReturn && at < target.position()) {
            carriageReturn = false;
            lineSkipped = true;
            if (target.get(at) != '\n') {
                target.position(from);
                refuse(Violation.bad(String.format("byte 0x%02x behind CR (expected: LF)", target.get(at))));
                return;
            }
            at++;
        }
        int rest = target.position() - at;
        target.put(from, target, at, rest).position(from + rest);
    }

    /** Answers requests for fixed responses at the beginning of what was read; true if nothing is left for the parser now. */
    private boolean answered(ByteBuffer target, int from) throws IOException {
        FixedConnection direct = fixed;
        if (direct == null || !loop.onOwnThread()) {
            return false;
        }
        int to = target.position();
        int done = direct.answer(target, from, to);
        if (done == 0) {
            return false;
        }
        int rest = to - from - done;
        target.put(from, target, from + done, rest).position(from + rest);
        if (direct.busy()) {
            eviction.requestBegun();
            if (rest > 0) {
                hold(target, from, from + rest);
            }
            next.suspendReads();
            return true;
        }
        eviction.idle();
        return rest == 0;
    }

    /** The client has taken its fixed responses: reading goes on. */
    void readable() {
        eviction.idle();
        if (isReadResumed()) {
            resumeReads();
        }
    }

    private int fill(ByteBuffer target) throws IOException {
        ByteBuffer waiting = held;
        if (waiting == null) {
            return ended ? -1 : next.read(target);
        }
        if (scanner.awaitsVerdict()) {
            return 0;
        }
        int count = Buffers.copy(target, waiting);
        if (!waiting.hasRemaining()) {
            held = null;
        }
        return count;
    }

    /** Scans what was read and takes back what may not pass. */
    private int admit(ByteBuffer target, int from) {
        int to = target.position();
        int fine = scanner.scan(target, from, to);
        lineSkipped &= fine == from;
        Violation found = scanner.violation();
        if (found != null) {
            return cutOff(target, from, fine, found);
        }
        if (fine < to) {
            hold(target, fine, to);
        }
        if (scanner.headBegun()) {
            eviction.headBegun();
        } else if (scanner.leftHttp()) {
            eviction.stop();
            return target.position() - from;
        }
        return target.position() - from;
    }

    private int cutOff(ByteBuffer target, int from, int fine, Violation found) {
        if (!scanner.inHead()) {
            // An exception here would make the parser close the connection before anybody could answer.
            counters.refused(400);
            target.position(fine - 1);
            return fine - 1 - from;
        }
        int start = Math.max(from, scanner.requestStart());
        target.position(start);
        if (start == from) {
            refuse(found);
        }
        return start - from;
    }

    private void hold(ByteBuffer source, int from, int to) {
        ByteBuffer rest = ByteBuffer.allocate(to - from + (held == null ? 0 : held.remaining()));
        rest.put(source.duplicate().position(from).limit(to));
        if (held != null) {
            rest.put(held);
        }
        held = rest.flip();
        source.position(from);
    }

    /** No exchange is open here: the parser only asks for a new head when the one before is complete. */
    private void refuse(Violation why) {
        refused = true;
        eviction.stop();
        String id = RequestIds.of(null);
        Refusal.send(connection, next, why, id);
        counters.refused(
                new RefusedRequest(why.status(), why.reason(), id, "", "", "", ConnectionLimits.address(connection)));
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            while (targets[i].hasRemaining()) {
                int count = read(targets[i]);
                if (count <= 0) {
                    return total == 0 ? count : total;
                }
                total += count;
            }
        }
        return total;
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, READ_AHEAD));
        int read = read(buffer);
        return read <= 0 ? read : target.write(buffer.flip(), position);
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
        through.clear().limit((int) Math.min(count, through.capacity()));
        int read = read(through);
        through.flip();
        if (read <= 0) {
            return read;
        }
        target.write(through);
        return read - through.remaining();
    }

    /** Bytes of the current request's body that its chunks have announced so far; -1 if that is not known. */
    synchronized long announced() {
        return scanner.heads() == begun ? scanner.announced() : -1;
    }

    /** The authority of the request that begins, if the parser has been shown another in its place; once. */
    synchronized @Nullable String takeMaskedAuthority() {
        return scanner.takeMaskedAuthority(begun + 1);
    }

    /** What is wrong with the framing of the body; null while nothing is. */
    synchronized @Nullable String brokenBody() {
        Violation broken = scanner.violation();
        return broken == null || scanner.inHead() ? null : broken.reason();
    }

    // ---- readiness

    @Override
    boolean readsAhead() {
        return watching && !refused;
    }

    @Override
    boolean hasSomething() {
        return held != null && !scanner.awaitsVerdict() || ended || scanner.violation() != null;
    }

    @Override
    boolean paused() {
        return fixed != null && fixed.busy();
    }

    @Override
    boolean abandoned() {
        return refused;
    }

    /** Whether more may be read ahead, for the one end that may follow. */
    private boolean hasRoom() {
        return held == null || held.remaining() < READ_AHEAD;
    }

    @Override
    @Nullable
    Runnable readHere() {
        ByteBuffer before = held;
        ByteBuffer ahead = ByteBuffer.allocate(READ_AHEAD);
        if (before != null) {
            ahead.put(before.duplicate());
        }
        HttpExchange open = current;
        try {
            int count = next.read(ahead);
            if (count == 0) {
                return null;
            }
            ended = count < 0;
        } catch (IOException e) {
            ended = true;
            if (open != null) {
                open.failed(e);
            }
        }
        if (ahead.position() > 0) {
            held = ahead.flip();
        }
        watching = !ended && hasRoom();
        return ended && open != null ? () -> gone(open) : null;
    }

    // ---- the exchange's life, on the loop or the thread that completes it

    void begun(HttpExchange exchange) {
        eviction.requestBegun();
        synchronized (this) {
            current = exchange;
            begun++;
        }
    }

    void completed() {
        boolean stopWatching;
        synchronized (this) {
            current = null;
            stopWatching = watching;
            watching = false;
            scanner.verdict(false);
        }
        if (socket != null) {
            socket.watch(null);
        }
        if (stopWatching) {
            suspend();
        }
        if (fixed != null) {
            fixed.parsed();
        }
        eviction.idle();
    }

    @Override
    public synchronized @Nullable HttpExchange current() {
        return current;
    }

    /** The turn that began the exchange is over: if it is still open, look after it later. On the loop. */
    void listIfBusy() {
        if (!listed && current() != null) {
            listed = true;
            loop.disconnects().add(this);
        }
    }

    @Override
    public void unlisted() {
        listed = false;
    }

    /** The server stops: a connection without a request has no use. On the loop. */
    void closeIfIdle() {
        boolean idle;
        synchronized (this) {
            idle = current == null && !scanner.leftHttp() && (fixed == null || !fixed.busy());
        }
        if (idle) {
            IoUtils.safeClose(connection);
        }
    }

    /** The connection is closed: an exchange that is open has lost its client. */
    void closed() {
        eviction.closed();
        if (fixed != null) {
            fixed.closed();
        }
        HttpExchange open;
        synchronized (this) {
            closed = true;
            open = current;
        }
        if (open != null) {
            open.completion().disconnected();
        }
    }

    /** The connection leaves HTTP/1.1: everything passes from now on. */
    synchronized void leaveHttp() {
        scanner.verdict(true);
        eviction.stop();
    }

    /** The exchange has been open for a while: from now on notice that the client goes away, even if nobody reads. */
    @Override
    public void watch(HttpExchange exchange) {
        synchronized (this) {
            if (current != exchange || watching || refused || ended || !hasRoom()) {
                return;
            }
            if (socket != null && exchange.offLoop()) {
                socket.watch(() -> gone(exchange));
                return;
            }
            watching = true;
        }
        look();
    }

    /** The response is complete, the request is not and nobody wants the rest: drops what comes for a moment, then closes. */
    void linger(Runnable afterwards) {
        synchronized (this) {
            refused = true;
            watching = false;
        }
        eviction.stop();
        try {
            sink.terminateWrites();
            sink.flush();
        } catch (IOException e) {
            IoUtils.safeClose(connection);
        }
        Refusal.linger(connection, next, afterwards);
    }

    private void gone(HttpExchange exchange) {
        counters.disconnected();
        exchange.completion().disconnected();
        // Nobody waits for the answer any more, and until it comes the connection would cost a descriptor. TLS is not
        // closed beside a
        // thread that may write; there the end of the request closes it.
        if (socket == null || !exchange.offLoop()) {
            IoUtils.safeClose(connection);
        }
    }

    @Override
    public long idleSince() {
        return eviction.idleSince();
    }

    @Override
    public void makeRoom(long idleSince, Runnable otherwise) {
        loop.execute(() -> {
            if (connection.isOpen() && eviction.idleSince() == idleSince) {
                counters.evicted();
                IoUtils.safeClose(connection);
            } else {
                otherwise.run();
            }
        });
    }

    /** A response was broken off because the client took it too slowly. */
    void countSlow() {
        counters.slow();
    }

    /** The time is up: an answer if something was sent, and the end. */
    void evict(boolean inHead) {
        counters.evicted();
        synchronized (this) {
            if (inHead && !refused) {
                refuse(new Violation(408, "request head: not complete in time"));
                return;
            }
        }
        IoUtils.safeClose(connection);
    }
}
