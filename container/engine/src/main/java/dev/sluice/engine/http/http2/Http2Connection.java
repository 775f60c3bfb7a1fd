package dev.sluice.engine.http.http2;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.channels.StreamSourceChannel;

/**
 * A connection that speaks HTTP/2. All of it happens on the connection's loop, one <em>turn</em> after the other: what came is read, what
 * other threads have handed over is done, what is to be sent is written, and at last those are told who wait; nothing that belongs to somebody
 * else runs in between but the beginning of a request.
 */
public final class Http2Connection {
    private static final System.Logger LOG = System.getLogger(Http2Connection.class.getName());
    private static final int READS = 8;

    private final StreamConnection connection;
    private final StreamSourceChannel source;
    private final ByteBufferPool buffers;
    private final Loop loop;
    private final Http2Settings settings;
    private final Requests requests;
    private final Output output;
    private final HeaderBlocks blocks;
    private final Incoming incoming;
    private final FrameReader reader;
    private final Deadlines deadlines;

    private final Queue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean called = new AtomicBoolean();
    private final AtomicLong sendWindow = new AtomicLong(Frames.WINDOW);

    private final ArrayDeque<Stream> dirty = new ArrayDeque<>();
    private final Set<Stream> waiting = new LinkedHashSet<>();
    private ArrayDeque<Runnable> told = new ArrayDeque<>();
    private boolean inTurn;
    private boolean ending;
    private volatile boolean over; // written on the loop
    private long owed; // bytes read of bodies that the connection's window has not got back

    /**
     * A connection that begins now; on its loop.
     *
     * @param connection the connection, of which nothing else may read and write from now on
     */
    public Http2Connection(
            StreamConnection connection, ByteBufferPool buffers, Loop loop, Http2Settings settings, Requests requests) {
        this.connection = connection;
        this.source = connection.getSourceChannel();
        this.buffers = buffers;
        this.loop = loop;
        this.settings = settings;
        this.requests = requests;
        this.output = new Output(connection.getSinkChannel(), buffers);
        this.blocks = new HeaderBlocks(settings);
        this.incoming = new Incoming(this, settings, blocks);
        this.reader = new FrameReader(incoming);
        this.deadlines = new Deadlines(this, loop, settings);
    }

    /**
     * Begins, with what was read already.
     *
     * @param read bytes of the client; null for none
     */
    public void open(@Nullable ByteBuffer read) {
        open(() -> {
            if (read != null) {
                parse(read);
            }
        });
    }

    /**
     * Begins with the request with which an HTTP/1.1 client has asked for HTTP/2, as stream 1.
     *
     * @param clientSettings the payload of its HTTP2-Settings field, which {@link #checkSettings} has accepted
     */
    public void open(ByteBuffer clientSettings, Fields request) {
        open(() -> {
            try {
                incoming.upgraded(clientSettings, request);
            } catch (ConnectionError e) {
                fail(e.code(), String.valueOf(e.getMessage()));
            }
        });
    }

    private void open(Runnable first) {
        output.frame(18, Frames.SETTINGS, 0, 0);
        setting(3, settings.maxStreams());
        setting(4, Http2Settings.STREAM_WINDOW);
        setting(6, settings.maxHeadSize());
        sendWindowUpdate(0, Http2Settings.CONNECTION_WINDOW - Frames.WINDOW);
        deadlines.begin();
        connection.getSourceChannel().setReadListener(ready -> readable());
        connection.getSinkChannel().setWriteListener(ready -> turn());
        connection.getSourceChannel().setCloseListener(closed -> {});
        connection.getSinkChannel().setCloseListener(closed -> {});
        run(first);
        if (!over) {
            source.wakeupReads();
        }
    }

    private void setting(int id, int value) {
        output.putShort(id);
        output.putInt(value);
    }

    /**
     * Checks the payload of an HTTP2-Settings field.
     *
     * @throws IOException if it is no valid SETTINGS
     */
    public static void checkSettings(ByteBuffer clientSettings, Http2Settings settings) throws IOException {
        try {
            new ClientSettings(new HeaderBlocks(settings)).apply(clientSettings.duplicate(), List.of());
        } catch (ConnectionError e) {
            throw new IOException("HTTP2-Settings: " + e.getMessage(), e);
        }
    }

    /** Whether the connection is open. */
    public boolean isOpen() {
        return !over && connection.isOpen();
    }

    /** Whether a stream is open, as the last turn left it; any thread. */
    public boolean busy() {
        return !deadlines.idle();
    }

    /** {@link System#nanoTime} since when no stream is open; any thread. */
    public long idleSince() {
        return deadlines.idleSince();
    }

    /** Bytes that the client has taken, as the last turn left them; any thread. */
    public long taken() {
        return deadlines.taken();
    }

    /** Ends the connection, which has no stream, because others need its place. On the loop. */
    public void makeRoom() {
        evict(ErrorCode.NO_ERROR, "its place was needed while it was idle");
    }

    /** The transport's connection. */
    public StreamConnection channel() {
        return connection;
    }

    /** Whether the client takes one more pushed response; any thread. */
    public boolean pushable() {
        return incoming.pushable();
    }

    /** Tells the client to open no more streams; those that are open go on, and the connection ends with them. From any thread. */
    public void goAway() {
        submit(this::acceptNoMore);
    }

    /** The same at once, so that the request that is being handed over is the last one. During {@link Requests#request} only. */
    public void acceptNoMore() {
        if (!ending) {
            ending = true;
            sendGoAway(ErrorCode.NO_ERROR);
        }
    }

    // ---- turns

    /** Does this in the next turn that somebody else begins; any thread. */
    void enqueue(Runnable task) {
        handedOver.add(task);
    }

    /** Does this in a turn of the loop, as early as possible; any thread. */
    void submit(Runnable task) {
        handedOver.add(task);
        if (called.compareAndSet(false, true)) {
            loop.soon(this::turn);
        }
    }

    /** Runs this at the end of the turn. */
    void later(Runnable action) {
        told.addLast(action);
    }

    private void turn() {
        called.set(false);
        run(() -> {});
    }

    private void run(Runnable first) {
        if (inTurn) {
            return; // The turn that is going on does what was handed over before it ends.
        }
        inTurn = true;
        try {
            guarded(first);
            do {
                for (Runnable task; (task = handedOver.poll()) != null; ) {
                    guarded(task);
                }
                for (Stream stream; (stream = dirty.pollFirst()) != null; ) {
                    guarded(stream::send);
                }
                write();
                tell();
            } while (!handedOver.isEmpty() || !dirty.isEmpty());
        } finally {
            inTurn = false;
        }
        deadlines.look();
    }

    private void tell() {
        ArrayDeque<Runnable> actions = told;
        if (!actions.isEmpty()) {
            told = new ArrayDeque<>();
            actions.forEach(this::guarded);
        }
    }

    /** What fails here is a fault of ours; it ends this connection and no other. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "HTTP/2 connection of " + connection.getPeerAddress() + " failed", e);
            close(new IOException("the connection failed: " + e, e));
        }
    }

    // ---- reading

    private void readable() {
        run(this::read);
    }

    private void read() {
        if (over) {
            return;
        }
        try (PooledByteBuffer pooled = buffers.allocate()) {
            ByteBuffer buffer = pooled.getBuffer();
            for (int i = 0; i < READS; i++) {
                if (outputFull() && !ending) {
                    source.suspendReads(); // Whoever takes nothing is not asked for more; write() goes on.
                    return;
                }
                int count = source.read(buffer.clear());
                if (count == 0) {
                    return;
                }
                if (count < 0) {
                    close(new IOException("the client has closed the connection"));
                    return;
                }
                parse(buffer.flip());
                if (over) {
                    return;
                }
            }
            source.wakeupReads();
        } catch (IOException e) {
            close(e);
        }
    }

    private void parse(ByteBuffer bytes) {
        if (incoming.broken()) {
            incoming.drop(bytes.remaining());
            return;
        }
        try {
            reader.read(bytes);
            deadlines.received(reader, incoming.inBlock());
        } catch (ConnectionError e) {
            fail(e.code(), String.valueOf(e.getMessage()));
        }
    }

    /** Ends the connection for what the client did. */
    void fail(ErrorCode code, String reason) {
        if (over || incoming.broken()) {
            return;
        }
        LOG.log(
                System.Logger.Level.DEBUG,
                () -> "ended " + connection.getPeerAddress() + " with " + code + ": " + reason);
        requests.broken(code, reason);
        incoming.breakOff();
        ending = true;
        incoming.failAll(new IOException("the connection was ended with " + code + ": " + reason));
        sendGoAway(code);
        shutDown();
    }

    /** Nothing follows what is queued: sends that, then waits a moment for the client to see it, because a reset might overtake it. */
    private void shutDown() {
        output.mark(() -> {
            try {
                connection.getSinkChannel().shutdownWrites();
                connection.getSinkChannel().flush();
            } catch (IOException e) {
                close(e);
                return;
            }
            incoming.breakOff();
            deadlines.linger();
            source.resumeReads();
        });
    }

    /** A deadline has passed without what the client owed. */
    void evict(ErrorCode code, String reason) {
        if (over) {
            return;
        }
        LOG.log(System.Logger.Level.DEBUG, () -> "evicted " + connection.getPeerAddress() + ": " + reason);
        requests.evicted();
        IOException why = new IOException(reason);
        if (incoming.broken() || !output.empty()) {
            close(why);
            return;
        }
        run(() -> {
            incoming.breakOff();
            ending = true;
            incoming.failAll(why);
            sendGoAway(code);
            output.mark(() -> close(why));
        });
    }

    /** The transport has closed the connection, or we do: everybody is told, everything given back. On the loop. */
    public void close(IOException why) {
        if (over) {
            return;
        }
        over = true;
        ending = true;
        deadlines.close();
        IoUtils.safeClose(connection);
        incoming.failAll(why);
        output.close();
        waiting.clear();
        requests.closed();
        if (!inTurn) {
            run(() -> {});
        }
    }

    // ---- writing

    private void write() {
        if (over) {
            return;
        }
        try {
            boolean done = output.write();
            output.runMarks();
            deadlines.wrote(output.written(), output.empty());
            if (over) {
                return;
            }
            if (done && output.empty()) {
                connection.getSinkChannel().suspendWrites();
            } else {
                connection.getSinkChannel().resumeWrites();
            }
            wakeWriters();
            if (!outputFull() && !source.isReadResumed()) {
                source.wakeupReads();
            }
            if (ending && !incoming.broken() && output.empty() && incoming.idle()) {
                incoming.breakOff();
                shutDown();
                output.runMarks();
            }
        } catch (IOException e) {
            close(e);
        }
    }

    private void wakeWriters() {
        if (!waiting.isEmpty() && !outputFull() && !windowClosed()) {
            waiting.removeIf(Stream::wakeWriter);
        }
    }

    void waitsForRoom(Stream stream) {
        if (!over) {
            waiting.add(stream);
        }
    }

    void waitsNoLonger(Stream stream) {
        waiting.remove(stream);
    }

    /** Bytes that the window and the bound have room for; any thread. */
    long room() {
        return Math.min(sendWindow.get(), output.room());
    }

    boolean outputFull() {
        return output.room() <= 0;
    }

    boolean windowClosed() {
        return sendWindow.get() <= 0;
    }

    /** Takes from the connection's window and bound; any thread. */
    int take(int wanted) {
        while (true) {
            long window = sendWindow.get();
            long count = Math.min(Math.min(window, output.room()), wanted);
            if (count <= 0 || over) {
                return 0;
            }
            if (sendWindow.compareAndSet(window, window - count)) {
                output.reserve((int) count);
                return (int) count;
            }
        }
    }

    /** What was taken will not be sent. */
    void unused(int bytes) {
        sendWindow.addAndGet(bytes);
        output.release(bytes);
    }

    /** Opens the connection's window; false if it is too large then. */
    boolean widen(long increment) {
        return sendWindow.addAndGet(increment) <= Frames.LARGEST_WINDOW;
    }

    void dirty(Stream stream) {
        if (stream.listOnce()) {
            dirty.addLast(stream);
        }
    }

    void sendHeaders(Stream stream, Fields fields, boolean last) {
        if (stream.state() == StreamState.RESERVED_LOCAL) {
            stream.after(StreamState.Event.HEADERS_SENT);
        }
        sendBlock(Frames.HEADERS, last ? Frames.END_STREAM : 0, stream.id(), 0, blocks.encode(fields));
    }

    /** A block in as many frames as it needs; a promise has the number of its stream in front. */
    private void sendBlock(int type, int flags, int stream, int promised, ByteBuffer block) {
        int most = Frames.LARGEST - (promised == 0 ? 0 : Integer.BYTES);
        boolean whole = block.remaining() <= most;
        ByteBuffer part = block.slice().limit(Math.min(block.remaining(), most));
        int length = part.remaining() + (promised == 0 ? 0 : Integer.BYTES);
        output.frame(length, type, flags | (whole ? Frames.END_HEADERS : 0), stream);
        if (promised != 0) {
            output.putInt(promised);
        }
        block.position(block.position() + part.remaining());
        output.put(part);
        if (!whole) {
            sendBlock(Frames.CONTINUATION, 0, stream, 0, block);
        }
    }

    void sendData(Stream stream, ByteBuffer bytes, boolean last) {
        int most = Frames.LARGEST;
        do {
            ByteBuffer part = bytes.slice().limit(Math.min(bytes.remaining(), most));
            bytes.position(bytes.position() + part.remaining());
            boolean end = last && !bytes.hasRemaining();
            output.frame(part.remaining(), Frames.DATA, end ? Frames.END_STREAM : 0, stream.id());
            incoming.sent(part.remaining());
            output.putReserved(part);
        } while (bytes.hasRemaining());
    }

    /** The last frame of a response was put. */
    void ended(Stream stream, boolean leavesRequest) {
        stream.after(StreamState.Event.END_SENT);
        if (stream.state() != StreamState.CLOSED && leavesRequest) {
            sendReset(stream.id(), ErrorCode.NO_ERROR); // RFC 9113, 8.1: the rest of the request is not needed.
            stream.after(StreamState.Event.RESET);
            incoming.resetByUs(stream);
        }
        output.mark(() -> {
            incoming.leaves(stream);
            StreamListener listener = stream.listener();
            if (listener != null) {
                later(listener::sent);
            }
        });
    }

    /** Resets a stream of which somebody may wait. */
    void reset(Stream stream, ErrorCode code, String reason) {
        if (stream.state() == StreamState.CLOSED) {
            stream.fail(new IOException(reason));
            return;
        }
        sendReset(stream.id(), code);
        incoming.resetByUs(stream);
        stream.fail(new IOException("stream " + stream.id() + " was reset with " + code + ": " + reason));
        incoming.leaves(stream);
    }

    void sendReset(int stream, ErrorCode code) {
        output.frame(4, Frames.RST_STREAM, 0, stream);
        output.putInt(code.code());
    }

    void sendWindowUpdate(int stream, int increment) {
        output.frame(4, Frames.WINDOW_UPDATE, 0, stream);
        output.putInt(increment);
    }

    void sendGoAway(ErrorCode code) {
        output.frame(8, Frames.GOAWAY, 0, 0);
        output.putInt(incoming.lastStream());
        output.putInt(code.code());
    }

    void acknowledge(int type, ByteBuffer payload) {
        output.frame(payload.remaining(), type, Frames.ACK, 0);
        output.put(payload);
    }

    /** Bytes of bodies were read or dropped: gives the client's window back in large pieces. */
    void consumed(long bytes) {
        owed += bytes;
        if (owed >= Http2Settings.CONNECTION_WINDOW / 2 && !over) {
            incoming.grant(owed);
            sendWindowUpdate(0, (int) owed);
            owed = 0;
        }
    }

    void promise(Stream parent, Fields request) {
        if (!parent.state().canSend() || !incoming.pushable() || ending) {
            return;
        }
        Stream promised = incoming.promised();
        sendBlock(Frames.PUSH_PROMISE, 0, parent.id(), promised.id(), blocks.encode(request));
        incoming.begin(promised, request, true);
    }

    /** The client has taken note of our settings. */
    void settingsAcknowledged() {
        deadlines.acknowledged();
    }

    /** A window is open again: who waits for it may go on. */
    void roomIn(Stream stream) {
        if (waiting.contains(stream) && stream.wakeWriter()) {
            waiting.remove(stream);
        }
    }

    void wakeAll(Iterable<Stream> streams) {
        streams.forEach(this::roomIn);
    }

    Requests requests() {
        return requests;
    }

    boolean ending() {
        return ending;
    }

    boolean hasStreams() {
        return !incoming.idle();
    }

    @Override
    public String toString() {
        return "HTTP/2 connection of " + connection.getPeerAddress();
    }
}
