package dev.sluice.engine.http.http2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response. What an application asks for may come from any one thread at a time: it moves bytes into and out of queues
 * and takes from windows, and tells the loop. All else is the loop's, which needs no lock for it.
 *
 * <p>Bytes of a response are taken only as far as the client's windows and the bound of the connection's output reach, so nothing ever
 * waits here for a client that does not want it.
 */
public final class Stream {
    private static final int LARGEST_WRITE = 32 * 1024;

    private final Http2Connection connection;
    private final int id;

    // The request's body: the loop adds, the application takes.
    private final Queue<ByteBuffer> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicInteger consumed = new AtomicInteger();
    private volatile boolean ended;
    private volatile @Nullable IOException failure;

    // The response: the application takes from the window, the loop adds to it.
    private final AtomicLong sendWindow;
    private final AtomicLong bytesSent = new AtomicLong();

    // The loop's own.
    private StreamState state = StreamState.IDLE;
    private @Nullable StreamListener listener;
    private @Nullable Runnable whenReadable;
    private @Nullable Runnable whenWritable;
    private final ArrayDeque<ByteBuffer> body = new ArrayDeque<>(2);
    private @Nullable Fields head;
    private @Nullable Fields trailers;
    private boolean responded;
    private boolean finished;
    private boolean finishing;
    private boolean leavesRequest;
    private boolean listed;
    private int receiveWindow = Http2Settings.STREAM_WINDOW;
    private long expected = -1;
    private long received;
    private long givenBack;

    Stream(Http2Connection connection, int id, long sendWindow) {
        this.connection = connection;
        this.id = id;
        this.sendWindow = new AtomicLong(sendWindow);
    }

    /** The number of the stream. */
    public int id() {
        return id;
    }

    /** The connection. */
    public Http2Connection connection() {
        return connection;
    }

    // ---- for the application's thread

    /**
     * Reads what has come of the request's body.
     *
     * @return at least 1; 0 for nothing now; -1 at the end
     * @throws IOException if the stream was reset or the connection is lost
     */
    public int read(ByteBuffer target) throws IOException {
        boolean complete = ended;
        IOException broken = failure;
        if (broken != null) {
            throw new IOException(broken.getMessage(), broken);
        }
        int count = 0;
        for (ByteBuffer first; target.hasRemaining() && (first = arrived.peek()) != null; ) {
            int part = Math.min(first.remaining(), target.remaining());
            target.put(first.duplicate().limit(first.position() + part));
            first.position(first.position() + part);
            if (!first.hasRemaining()) {
                arrived.poll();
            }
            count += part;
        }
        if (count > 0) {
            if (consumed.addAndGet(count) >= Http2Settings.STREAM_WINDOW / 2) {
                connection.submit(this::giveBack);
            }
            return count;
        }
        return complete ? -1 : 0;
    }

    /** Whether the end of the request's body has come and all of it was read. */
    public boolean readToEnd() {
        return ended && arrived.isEmpty();
    }

    /** Whether the stream can still carry something. */
    public boolean open() {
        return failure == null;
    }

    /** Runs the action once, on the loop, when {@link #read} has something to return. */
    public void onReadable(Runnable action) {
        connection.submit(() -> {
            if (ended || failure != null || !arrived.isEmpty()) {
                connection.later(action);
            } else {
                whenReadable = action;
            }
        });
    }

    /** Sends an informational response. */
    public void inform(Fields fields) {
        connection.submit(() -> {
            if (state.canSend() && head == null && !responded && !connection.outputFull()) {
                connection.sendHeaders(this, fields, false);
            }
        });
    }

    /** The head of the response; goes out with what comes next. */
    public void respond(Fields fields) {
        connection.enqueue(() -> head = fields);
    }

    /**
     * Takes what may be sent now.
     *
     * @param keep whether the bytes stay as they are until they are sent; otherwise they are copied
     * @return the number of bytes taken; 0 if there is no room
     * @throws IOException if the stream was reset or the connection is lost
     */
    public int write(ByteBuffer source, boolean keep) throws IOException {
        IOException broken = failure;
        if (broken != null) {
            throw new IOException(broken.getMessage(), broken);
        }
        int count = (int) Math.min(Math.min(source.remaining(), LARGEST_WRITE), sendWindow.get());
        count = count <= 0 ? 0 : connection.take(count);
        if (count == 0) {
            return 0;
        }
        sendWindow.addAndGet(-count);
        ByteBuffer part = source.slice().limit(count);
        ByteBuffer bytes = keep ? part : ByteBuffer.allocate(count).put(part).flip();
        source.position(source.position() + count);
        if (keep) {
            connection.enqueue(() -> add(bytes)); // Whoever keeps bytes ends the stream next, or waits for room.
        } else {
            connection.submit(() -> add(bytes));
        }
        return count;
    }

    private void add(ByteBuffer bytes) {
        if (state.canSend() && !finishing) {
            body.addLast(bytes);
            connection.dirty(this);
        } else {
            connection.unused(bytes.remaining());
        }
    }

    /** Runs the action once, on the loop, when {@link #write} takes something or fails. */
    public void onWritable(Runnable action) {
        connection.submit(() -> {
            whenWritable = action;
            if (head != null) {
                connection.dirty(this);
            }
            if (!wakeWriter()) {
                connection.waitsForRoom(this);
            }
        });
    }

    /** Hands over what was written, with the head if that was not sent. */
    public void flush() {
        connection.submit(() -> {
            if (head != null) {
                connection.dirty(this);
            }
        });
    }

    /**
     * Ends the response, with its head if that was not sent.
     *
     * @param requestRead false if what the client still sends is not wanted
     * @param last trailer fields, or null
     */
    public void finish(boolean requestRead, @Nullable Fields last) {
        connection.submit(() -> {
            finished = true;
            trailers = last;
            leavesRequest = !requestRead;
            connection.dirty(this);
        });
    }

    /** Ends the stream so that the client sees that something went wrong. */
    public void reset(ErrorCode code) {
        connection.submit(() -> connection.reset(this, code, "the response was broken off"));
    }

    /** Promises a response to this request, as the answer to another one that the server asks itself. */
    public void push(Fields request) {
        connection.submit(() -> connection.promise(this, request));
    }

    /** Bytes that {@link #write} would take now, as far as this thread can see. */
    public long room() {
        return failure == null ? Math.min(sendWindow.get(), connection.room()) : 1;
    }

    /** Whether the client lets this stream send, so that who waits does so for the connection. */
    public boolean windowOpen() {
        return sendWindow.get() > 0;
    }

    /** Bytes of the response's body that were sent. */
    public long bytesSent() {
        return bytesSent.get();
    }

    // ---- for the loop

    StreamState state() {
        return state;
    }

    void after(StreamState.Event event) {
        state = state.after(event);
    }

    /** The request has ended with its head. */
    void hasNoBody(StreamState.Event why) {
        after(why);
        ended = true;
    }

    void listen(StreamListener to) {
        listener = to;
    }

    @Nullable
    StreamListener listener() {
        return listener;
    }

    /** The length that the request has announced; -1 for none. */
    public void expect(long length) {
        expected = length;
    }

    /** Counts bytes of DATA; false if the client had no window for them. */
    boolean receive(int count) {
        receiveWindow -= count;
        return receiveWindow >= 0;
    }

    /** Padding has no reader: the window gets it back at once. */
    void padded(int count) {
        receiveWindow += count;
        connection.sendWindowUpdate(id, count);
    }

    /** Takes a part of the body; says what is wrong with it, or null. */
    @Nullable
    String arrived(ByteBuffer part) {
        received += part.remaining();
        if (expected >= 0 && received > expected) {
            return "DATA of more than " + expected + " bytes (expected: content-length)";
        }
        arrived.add(ByteBuffer.allocate(part.remaining()).put(part).flip());
        wakeReader();
        return null;
    }

    /** The client has ended the request; says what is wrong with that, or null. */
    @Nullable
    String requestEnds() {
        if (expected >= 0 && received != expected) {
            return "DATA of " + received + " bytes (expected: " + expected + " as in content-length)";
        }
        after(StreamState.Event.END_RECEIVED);
        ended = true;
        wakeReader();
        return null;
    }

    private void wakeReader() {
        Runnable action = whenReadable;
        if (action != null) {
            whenReadable = null;
            connection.later(action);
        }
    }

    /** Tells the writer, if one waits, that there is room; false if there is none. */
    boolean wakeWriter() {
        Runnable action = whenWritable;
        if (action == null) {
            return true;
        }
        if (failure == null && (sendWindow.get() <= 0 || connection.outputFull() || connection.windowClosed())) {
            return false;
        }
        whenWritable = null;
        connection.later(action);
        return true;
    }

    /** Opens the window; false if it is too large then. */
    boolean widen(long increment) {
        return sendWindow.addAndGet(increment) <= Frames.LARGEST_WINDOW;
    }

    long window() {
        return sendWindow.get();
    }

    /** Gives the client back what was read. */
    private void giveBack() {
        int count = consumed.getAndSet(0);
        if (!state.canReceive()) {
            giveBackAll();
        } else if (count > 0) {
            givenBack += count;
            connection.consumed(count);
            receiveWindow += count;
            connection.sendWindowUpdate(id, count);
        }
    }

    /** Nothing more will come, or nobody will read it: the connection's window is not to wait for this stream. */
    void giveBackAll() {
        long rest = received - givenBack;
        givenBack = received;
        connection.consumed(rest);
    }

    boolean listOnce() {
        boolean first = !listed;
        listed = true;
        return first;
    }

    /** Sends what waits: head, body, trailers and end, as far as they are there. */
    void send() {
        listed = false;
        if (!state.canSend() || finishing) {
            dropBody();
            return;
        }
        Fields fields = head;
        Fields behind = trailers;
        boolean plainEnd = finished && behind == null;
        if (fields != null) {
            head = null;
            responded = true;
            connection.sendHeaders(this, fields, plainEnd && body.isEmpty());
            if (plainEnd && body.isEmpty()) {
                end();
                return;
            }
        }
        for (ByteBuffer part; (part = body.pollFirst()) != null; ) {
            bytesSent.addAndGet(part.remaining());
            connection.sendData(this, part, plainEnd && body.isEmpty());
            if (plainEnd && body.isEmpty()) {
                end();
                return;
            }
        }
        if (finished) {
            if (behind == null) {
                connection.sendData(this, ByteBuffer.allocate(0), true);
            } else {
                connection.sendHeaders(this, behind, true);
            }
            end();
        }
    }

    private void end() {
        finishing = true;
        connection.ended(this, leavesRequest);
    }

    private void dropBody() {
        for (ByteBuffer part; (part = body.pollFirst()) != null; ) {
            connection.unused(part.remaining());
        }
    }

    /** The stream is over before its time: whoever waits is woken, and what has come is given back. */
    void fail(IOException why) {
        if (failure != null) {
            return;
        }
        failure = why;
        if (state != StreamState.CLOSED) {
            after(StreamState.Event.RESET);
        }
        dropBody();
        giveBackAll();
        StreamListener told = listener;
        if (told != null) {
            connection.later(() -> told.lost(why)); // before those who wait, so that they can see why
        }
        wakeReader();
        wakeWriter();
        connection.waitsNoLonger(this);
    }

    @Override
    public String toString() {
        return "stream " + id + " (" + state + ")";
    }
}
