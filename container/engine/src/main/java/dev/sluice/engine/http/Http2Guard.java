package dev.sluice.engine.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Stands between the socket and the HTTP/2 parser: ends connections that flood, and tells clients to go away (RFC 9113, 6.8) without
 * ending the streams that are open, which Undertow cannot.
 */
final class Http2Guard {
    static final int NO_ERROR = 0;
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int NOTHING = -1;
    private static final System.Logger LOG = System.getLogger(Http2Guard.class.getName());

    private final StreamConnection connection;
    private final ListenerCounters counters;
    private final Http2Frames frames;
    private volatile @Nullable Sink sink;

    private Http2Guard(StreamConnection connection, ListenerCounters counters, Http2Frames frames) {
        this.connection = connection;
        this.counters = counters;
        this.frames = frames;
    }

    /** For a connection that begins with HTTP/2; its owner shows what is read to {@link #flooded}. */
    static Http2Guard fromTheStart(StreamConnection connection, ListenerCounters counters) {
        Http2Guard guard = new Http2Guard(connection, counters, new Http2Frames(System::nanoTime));
        guard.follow();
        return guard;
    }

    /** For a connection that still speaks HTTP/1.1; it cannot tell the client to go away until somebody calls {@link #follow}. */
    static Http2Guard upgraded(StreamConnection connection, ListenerCounters counters) {
        // RFC 9113, 3.1: the request that asked for HTTP/2 is its stream 1.
        return new Http2Guard(connection, counters, new Http2Frames(System::nanoTime, 1));
    }

    /** Follows what is written from here on, if a frame begins here, as it does unless part of one waits for the socket; while nobody writes. */
    void follow() {
        ConduitStreamSinkChannel channel = connection.getSinkChannel();
        if (sink == null && !channel.isWriteResumed()) {
            Sink following = new Sink(channel.getConduit(), frames);
            channel.setConduit(following);
            sink = following;
        }
    }

    /** For a connection whose reads nobody shows: installs itself in front of them. */
    static Http2Guard installed(StreamConnection connection, ListenerCounters counters) {
        Http2Guard guard = fromTheStart(connection, counters);
        Source source = guard.new Source(connection.getSourceChannel().getConduit());
        connection.getSourceChannel().setConduit(source);
        source.setReadReadyHandler(new ReadReadyHandler.ChannelListenerHandler<>(connection.getSourceChannel()));
        return guard;
    }

    /** Whether what was read is too much; then the connection is about to end, and nothing more of it may be read. */
    boolean flooded(ByteBuffer bytes, int from, int to, StreamSourceConduit source) {
        String flood = frames.scan(bytes, from, to);
        if (flood == null) {
            return false;
        }
        LOG.log(System.Logger.Level.DEBUG, () -> "ended " + connection.getPeerAddress() + ": " + flood);
        counters.evicted();
        goAway(ENHANCE_YOUR_CALM);
        try {
            connection.getSinkChannel().getConduit().terminateWrites();
        } catch (IOException e) {
            IoUtils.safeClose(connection);
        }
        Refusal.linger(connection, source, () -> {});
        return true;
    }

    /** Tells the client to open no more streams; those that are open go on. */
    void goAway(int code) {
        Sink following = sink;
        if (following != null) {
            following.goAway(code);
        }
    }

    StreamConnection connection() {
        return connection;
    }

    private final class Source extends AbstractStreamSourceConduit<StreamSourceConduit> {
        private boolean over;

        Source(StreamSourceConduit next) {
            super(next);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (over) {
                return 0;
            }
            int from = target.position();
            int count = next.read(target);
            if (count > 0 && flooded(target, from, target.position(), next)) {
                over = true;
                target.position(from);
                return 0;
            }
            return count;
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
            for (int i = offset; i < offset + length; i++) {
                if (targets[i].hasRemaining()) {
                    return read(targets[i]);
                }
            }
            return 0;
        }
    }

    /** Notes where frames end, so that a frame of our own can stand between two others. Writes come from any thread, one at a time. */
    private static final class Sink extends AbstractStreamSinkConduit<StreamSinkConduit> {
        private static final int HEADER = 9;

        private final Http2Frames frames;
        private static final int DATA = 0;

        private int headerWritten;
        private int type;
        private int length;
        private long payload;
        private int wanted = NOTHING;
        private boolean told;
        private @Nullable ByteBuffer pending;

        Sink(StreamSinkConduit next, Http2Frames frames) {
            super(next);
            this.frames = frames;
        }

        synchronized void goAway(int code) {
            if (!told) {
                wanted = code;
                try {
                    tell();
                } catch (IOException e) {
                    LOG.log(System.Logger.Level.DEBUG, "the client went away before it was told to", e);
                }
            }
        }

        private void tell() throws IOException {
            if (wanted == NOTHING || headerWritten > 0 || payload > 0) {
                return;
            }
            ByteBuffer frame = ByteBuffer.allocate(HEADER + 8);
            frame.putInt(8 << 8 | 7)
                    .put((byte) 0)
                    .putInt(0)
                    .putInt(frames.lastStream())
                    .putInt(wanted);
            pending = frame.flip();
            wanted = NOTHING;
            told = true;
            if (sendPending()) {
                next.flush();
            }
        }

        private boolean sendPending() throws IOException {
            ByteBuffer own = pending;
            if (own != null) {
                next.write(own);
                if (own.hasRemaining()) {
                    return false;
                }
                pending = null;
            }
            return true;
        }

        private void written(ByteBuffer source, int from) throws IOException {
            for (int at = from; at < source.position(); ) {
                if (payload > 0) {
                    int part = (int) Math.min(source.position() - at, payload);
                    payload -= part;
                    at += part;
                    continue;
                }
                int c = source.get(at++) & 0xff;
                if (headerWritten < 3) {
                    length = length << 8 | c;
                } else if (headerWritten == 3) {
                    type = c;
                }
                if (++headerWritten == HEADER) {
                    if (type == DATA) {
                        frames.sent(length);
                    }
                    payload = length;
                    length = 0;
                    headerWritten = 0;
                }
            }
            tell();
        }

        @Override
        public synchronized int write(ByteBuffer source) throws IOException {
            if (!sendPending()) {
                return 0;
            }
            int from = source.position();
            int count = next.write(source);
            written(source, from);
            return count;
        }

        @Override
        public synchronized long write(ByteBuffer[] sources, int offset, int count) throws IOException {
            if (!sendPending()) {
                return 0;
            }
            int[] from = new int[count];
            for (int i = 0; i < count; i++) {
                from[i] = sources[offset + i].position();
            }
            long total = next.write(sources, offset, count);
            for (int i = 0; i < count; i++) {
                written(sources[offset + i], from[i]);
            }
            return total;
        }

        @Override
        public int writeFinal(ByteBuffer source) throws IOException {
            return Conduits.writeFinalBasic(this, source);
        }

        @Override
        public long writeFinal(ByteBuffer[] sources, int offset, int count) throws IOException {
            return Conduits.writeFinalBasic(this, sources, offset, count);
        }

        @Override
        public long transferFrom(FileChannel source, long position, long count) throws IOException {
            ByteBuffer block = ByteBuffer.allocate((int) Math.min(count, 16 * 1024));
            int read = source.read(block, position);
            return read <= 0 ? read : write(block.flip());
        }

        @Override
        public long transferFrom(StreamSourceChannel source, long count, ByteBuffer through) throws IOException {
            return Conduits.transfer(source, count, through, this);
        }

        @Override
        public synchronized boolean flush() throws IOException {
            return sendPending() && next.flush();
        }
    }
}
