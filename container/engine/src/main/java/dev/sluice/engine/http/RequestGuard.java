package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.Violation;
import dev.sluice.engine.http.http1.BodyFraming;
import dev.sluice.engine.http.http1.Head;
import dev.sluice.engine.http.http1.HeadParser;
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
 * Stands between the socket and the parser of Undertow. It reads every head once and answers what it can itself: requests for fixed
 * responses, and those that are refused. What is left goes through when the head is complete, one request after the other. It notices
 * a client that goes away while nobody reads, and evicts clients that are too slow.
 *
 * <pre>
 * HEAD -> BODY -> HEAD
 *           |-> VERDICT (upgrade asked for) -> HEAD
 *                                         |-> TRANSPARENT
 * </pre>
 *
 * <p>Reads may come from any thread, one at a time; the watch and the clock run on the loop. What they share is guarded by this object.
 */
final class RequestGuard extends WatchedSource implements DisconnectWatch.Watched, Evictable {
    private enum Phase {
        HEAD,
        BODY,
        VERDICT,
        TRANSPARENT
    }

    private static final int READ_AHEAD = 8 * 1024;

    private final StreamConnection connection;
    private final StreamSinkConduit sink;
    private final @Nullable SocketWatch socket; // with TLS only
    private final HeadParser parser;
    private final BodyFraming body;
    private final ListenerCounters counters;
    private final ConnectionLimits limits;
    private final Eviction eviction;
    private final EventLoop loop;
    private final @Nullable FixedConnection fixed; // not with TLS
    private boolean listed; // on the loop
    private long requests; // on the loop

    private Phase phase = Phase.HEAD;
    private boolean upgrade; // asked for by the request that is read
    private @Nullable String maskedAuthority;
    private @Nullable ByteBuffer held; // not looked at
    private @Nullable ByteBuffer passed; // looked at and good
    private int passFrom; // of what was looked at last
    private int passTo;
    private boolean ended;
    private boolean watching;
    private boolean refused;
    private boolean closed;
    private @Nullable HttpExchange current;

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
        this.parser = HeadParser.ofRequests(limits.heads());
        this.body = new BodyFraming(limits.heads());
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
        ByteBuffer good = passed;
        if (good != null) {
            return deliver(good, target);
        }
        Violation broken = parser.violation();
        if (broken != null) {
            refuse(broken);
        }
        return broken == null && body.violation() == null ? fill(target) : 0;
    }

    private int deliver(ByteBuffer good, ByteBuffer target) {
        int count = Buffers.copy(target, good);
        passed = good.hasRemaining() ? good : null;
        return count;
    }

    private int fill(ByteBuffer target) throws IOException {
        ByteBuffer waiting = held;
        if (waiting != null) {
            fromHeld(waiting);
        } else if (ended) {
            return -1;
        } else {
            int from = target.position();
            int count = next.read(target);
            if (count <= 0) {
                return count;
            }
            look(target, from, from + count, false);
            count = passTo - passFrom;
            if (count > 0 && !paused()) {
                if (passFrom > from) {
                    target.put(from, target, passFrom, count);
                }
                target.position(from + count);
                return count;
            }
            if (count > 0) {
                passed = copy(target, passFrom, passTo);
            }
            target.position(from);
        }
        ByteBuffer good = passed;
        return good == null || paused() ? 0 : deliver(good, target);
    }

    private void fromHeld(ByteBuffer waiting) throws IOException {
        if (phase != Phase.VERDICT) {
            held = null;
            look(waiting, waiting.position(), waiting.limit(), true);
            if (passTo > passFrom) {
                passed = waiting.duplicate().position(passFrom).limit(passTo);
            }
        }
    }

    /** Looks at bytes: says what of them is good, and holds what is left. */
    private void look(ByteBuffer bytes, int from, int to, boolean ours) throws IOException {
        passFrom = from;
        passTo = from;
        int at = phase == Phase.HEAD ? heads(bytes, from, to) : from;
        if (phase == Phase.BODY && passed == null) {
            at = body(bytes, at, to);
            passTo = at;
        } else if (phase == Phase.TRANSPARENT) {
            eviction.stop();
            at = to;
            passTo = to;
        }
        if (at < to && !refused && parser.violation() == null && body.violation() == null) {
            held = ours ? bytes.position(at) : copy(bytes, at, to);
        }
    }

    private static ByteBuffer copy(ByteBuffer bytes, int from, int to) {
        return ByteBuffer.allocate(to - from).put(0, bytes, from, to - from);
    }

    /** Reads heads, and answers what can be answered here; the index behind what was read. */
    private int heads(ByteBuffer bytes, int from, int to) throws IOException {
        FixedConnection direct = current == null && loop.onOwnThread() ? fixed : null;
        int at = from;
        boolean answered = false;
        try {
            at = parser.parse(bytes, at, to);
            while (direct != null && parser.done() && direct.answer(parser.head())) {
                answered = true;
                parser.next();
                at = direct.full() ? at : parser.parse(bytes, at, to);
            }
        } finally {
            if (answered && direct != null) {
                answered(direct);
            }
        }
        if (parser.done()) {
            begin(at);
        } else if (parser.begun()) {
            eviction.headBegun();
        }
        Violation broken = parser.violation();
        if (broken != null && !paused()) {
            refuse(broken);
        }
        return at;
    }

    private void answered(FixedConnection direct) throws IOException {
        direct.finish();
        if (direct.busy()) {
            eviction.requestBegun();
            next.suspendReads();
        } else {
            eviction.idle();
        }
    }

    /** A request that is not answered here begins; its head ends at this index. */
    private void begin(int end) {
        Head head = parser.head();
        maskedAuthority = AddressMask.cover(head) ? parser.framing().authority() : null;
        upgrade = parser.framing().mayUpgrade();
        body.begin(parser.framing().bodyLength());
        phase = body.ended() ? afterRequest() : Phase.BODY;
        if (parser.collected()) {
            passed = head.bytes().duplicate().position(0).limit(head.length());
            passFrom = end;
        } else {
            passFrom = head.begin();
        }
        passTo = end;
        parser.next();
    }

    private Phase afterRequest() {
        return upgrade ? Phase.VERDICT : Phase.HEAD;
    }

    private int body(ByteBuffer bytes, int from, int to) {
        int at = from;
        while (at < to && !body.ended() && body.violation() == null) {
            at = body.advance(bytes, at, to);
            int count = (int) Math.min(to - at, body.available());
            if (count > 0) {
                body.taken(count);
                at += count;
            }
        }
        if (body.ended()) {
            phase = afterRequest();
        } else if (body.violation() != null) {
            // An exception here would make the parser close the connection before anybody could answer.
            counters.refused(400);
        }
        return at;
    }

    /** The client has taken its fixed responses: reading goes on. */
    void readable() {
        eviction.idle();
        if (isReadResumed()) {
            resumeReads();
        }
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

    /** Bytes of the current request's body that its chunks have announced so far. */
    synchronized long announced() {
        return body.announced();
    }

    /** The authority of the request that begins, if the parser has been shown another in its place; once. */
    synchronized @Nullable String takeMaskedAuthority() {
        String sent = maskedAuthority;
        maskedAuthority = null;
        return sent;
    }

    /** What is wrong with the framing of the body; null while nothing is. */
    synchronized @Nullable String brokenBody() {
        Violation broken = body.violation();
        return broken == null ? null : broken.reason();
    }

    // ---- readiness

    @Override
    boolean readsAhead() {
        return watching && !refused;
    }

    @Override
    boolean hasSomething() {
        return passed != null
                || held != null && phase != Phase.VERDICT
                || ended
                || parser.violation() != null
                || body.violation() != null;
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
        }
    }

    void completed() {
        boolean stopWatching;
        synchronized (this) {
            current = null;
            stopWatching = watching;
            watching = false;
            if (phase == Phase.VERDICT) {
                phase = Phase.HEAD;
            }
        }
        if (socket != null) {
            socket.watch(null);
        }
        if (stopWatching) {
            suspend();
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
            idle = current == null && phase != Phase.TRANSPARENT && (fixed == null || !fixed.busy());
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
        phase = Phase.TRANSPARENT;
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
