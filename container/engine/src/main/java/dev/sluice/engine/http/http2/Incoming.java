package dev.sluice.engine.http.http2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the frames of a client mean: RFC 9113, 5 and 6. On the loop. */
final class Incoming implements FrameReader.Receiver {
    private static final int MOST_DROPPED = 256 * 1024;

    private final Http2Connection connection;
    private final Http2Settings settings;
    private final HeaderBlocks blocks;
    private final FloodCredits credits = new FloodCredits(System::nanoTime);
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final ClosedStreams closed = new ClosedStreams();
    private final ClientSettings client;

    private int lastStream;
    private int lastPromised;
    private int fromClient; // of the streams that are open
    private volatile int promisedOpen; // written on the loop
    private int receiveWindow = Http2Settings.CONNECTION_WINDOW;
    private boolean settingsCame;
    private boolean broken;
    private int dropped;

    private int blockStream; // 0 while no block is open
    private boolean blockEndsStream;
    private @Nullable Stream data; // whose DATA is being read

    Incoming(Http2Connection connection, Http2Settings settings, HeaderBlocks blocks) {
        this.connection = connection;
        this.settings = settings;
        this.blocks = blocks;
        this.client = new ClientSettings(blocks);
    }

    // ---- what others ask

    int lastStream() {
        return lastStream;
    }

    boolean inBlock() {
        return blockStream != 0;
    }

    boolean idle() {
        return streams.isEmpty();
    }

    boolean broken() {
        return broken;
    }

    boolean pushable() {
        return client.push() && promisedOpen < client.streams() && !connection.ending();
    }

    /** Nothing that the client sends has a meaning any more. */
    void breakOff() {
        broken = true;
    }

    /** Reads past what has no meaning. */
    void drop(int bytes) {
        dropped += bytes;
        if (dropped > MOST_DROPPED) {
            connection.close(new IOException("the client goes on sending after GOAWAY"));
        }
    }

    void failAll(IOException why) {
        for (Stream stream : new ArrayList<>(streams.values())) {
            stream.fail(why);
        }
        streams.clear();
        fromClient = 0;
        promisedOpen = 0;
    }

    void sent(int bytes) {
        credits.sent(bytes);
    }

    void grant(long bytes) {
        receiveWindow += (int) bytes;
    }

    void resetByUs(Stream stream) {
        closed.add(stream.id(), stream.window(), true);
    }

    /** We are done with a stream; it is forgotten when the client is, too. */
    void leaves(Stream stream) {
        if (stream.state() == StreamState.CLOSED && streams.remove(stream.id()) != null) {
            stream.giveBackAll();
            if (!closed.contains(stream.id())) {
                closed.add(stream.id(), stream.window(), false);
            }
            if (stream.id() % 2 == 1) {
                fromClient--;
            } else {
                promisedOpen = promisedOpen - 1;
            }
        }
    }

    /** A stream of our own, of which the client is about to be told. */
    Stream promised() {
        lastPromised += 2;
        Stream stream = new Stream(connection, lastPromised, client.window());
        stream.hasNoBody(StreamState.Event.PROMISED);
        streams.put(lastPromised, stream);
        promisedOpen = promisedOpen + 1;
        return stream;
    }

    void upgraded(ByteBuffer clientSettings, Fields request) throws ConnectionError {
        client.apply(clientSettings, streams.values());
        Stream stream = opened(1);
        stream.hasNoBody(StreamState.Event.END_RECEIVED);
        begin(stream, request, true);
    }

    private Stream opened(int id) {
        lastStream = id;
        Stream stream = new Stream(connection, id, client.window());
        stream.after(StreamState.Event.HEADERS_RECEIVED);
        streams.put(id, stream);
        fromClient++;
        return stream;
    }

    /** Hands a request over. */
    void begin(Stream stream, Fields fields, boolean last) {
        StreamListener listener = connection.requests().request(stream, fields, last);
        if (listener == null) {
            connection.reset(stream, ErrorCode.PROTOCOL_ERROR, "its header fields are malformed");
            return;
        }
        stream.listen(listener);
    }

    // ---- frames

    @Override
    public void begins(int type, int flags, int length, int id) throws ConnectionError {
        if (length > Frames.LARGEST) {
            throw new ConnectionError(
                    ErrorCode.FRAME_SIZE_ERROR,
                    "frame of " + length + " bytes (expected: at most " + Frames.LARGEST + ")");
        }
        if (!settingsCame && (type != Frames.SETTINGS || (flags & Frames.ACK) != 0)) {
            throw ConnectionError.protocol("first frame of type " + type + " (expected: SETTINGS)");
        }
        if (blockStream != 0 && (type != Frames.CONTINUATION || id != blockStream)) {
            throw ConnectionError.protocol("frame of type " + type + " on stream " + id
                    + " in an open header block (expected: CONTINUATION on stream " + blockStream + ")");
        }
        flood(credits.received(type, flags, length));
        checkStream(type, id);
        if (type == Frames.DATA) {
            dataBegins(length, id);
        }
    }

    private static void flood(@Nullable String why) throws ConnectionError {
        if (why != null) {
            throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, why);
        }
    }

    private static void checkStream(int type, int id) throws ConnectionError {
        boolean needsStream =
                switch (type) {
                    case Frames.DATA, Frames.HEADERS, Frames.PRIORITY, Frames.RST_STREAM, Frames.CONTINUATION -> true;
                    default -> false;
                };
        boolean needsNone = type == Frames.SETTINGS || type == Frames.PING || type == Frames.GOAWAY;
        if (needsStream && id == 0 || needsNone && id != 0) {
            throw ConnectionError.protocol("frame of type " + type + " on stream " + id + " (expected: "
                    + (needsNone ? "0, the connection" : "a stream") + ")");
        }
        if (type == Frames.PUSH_PROMISE) {
            throw ConnectionError.protocol("PUSH_PROMISE of a client (expected: none)");
        }
    }

    @Override
    public void frame(int type, int flags, int id, ByteBuffer payload) throws ConnectionError {
        switch (type) {
            case Frames.HEADERS -> headers(flags, id, payload);
            case Frames.CONTINUATION -> continuation(flags, id, payload);
            case Frames.PRIORITY -> priority(id, payload);
            case Frames.RST_STREAM -> reset(id, payload);
            case Frames.SETTINGS -> settings(flags, payload);
            case Frames.PING -> ping(flags, payload);
            case Frames.GOAWAY -> requireSize("GOAWAY", payload, payload.remaining() >= 8);
            case Frames.WINDOW_UPDATE -> windowUpdate(id, payload);
            default -> {
                // RFC 9113, 4.1: unknown types are ignored.
            }
        }
    }

    private static void requireSize(String frame, ByteBuffer payload, boolean right) throws ConnectionError {
        if (!right) {
            throw new ConnectionError(
                    ErrorCode.FRAME_SIZE_ERROR,
                    frame + " with a payload of " + payload.remaining() + " bytes (expected: the size of its fields)");
        }
    }

    private void headers(int flags, int id, ByteBuffer payload) throws ConnectionError {
        int padding = 0;
        if ((flags & Frames.PADDED) != 0) {
            requireSize("HEADERS", payload, payload.remaining() >= 1);
            padding = payload.get() & 0xff;
        }
        int dependency = 0;
        if ((flags & Frames.WITH_PRIORITY) != 0) {
            requireSize("HEADERS", payload, payload.remaining() >= 5);
            dependency = payload.getInt() & Integer.MAX_VALUE;
            payload.get();
        }
        if (padding > payload.remaining()) {
            throw ConnectionError.protocol(
                    "padding of HEADERS: " + padding + " bytes (expected: at most " + payload.remaining() + ")");
        }
        payload.limit(payload.limit() - padding);
        checkOpens(id);
        if (dependency == id) {
            throw ConnectionError.protocol("stream " + id + " depends on itself (expected: another stream or none)");
        }
        blockStream = id;
        blockEndsStream = (flags & Frames.END_STREAM) != 0;
        blocks.begin();
        fragment(payload, (flags & Frames.END_HEADERS) != 0);
    }

    /** RFC 9113, 5.1 and 5.1.1. */
    private void checkOpens(int id) throws ConnectionError {
        Stream known = streams.get(id);
        if (id % 2 == 0) {
            throw ConnectionError.protocol("HEADERS on stream " + id + " (expected: an odd number)");
        }
        if (known != null && !known.state().canReceive()) {
            throw new ConnectionError(
                    ErrorCode.STREAM_CLOSED, "HEADERS on " + known + " (expected: none after END_STREAM)");
        }
        if (known == null && id <= lastStream && !closed.resetByUs(id)) {
            throw new ConnectionError(
                    closed.contains(id) ? ErrorCode.STREAM_CLOSED : ErrorCode.PROTOCOL_ERROR,
                    "HEADERS on stream " + id + " (expected: more than " + lastStream + ")");
        }
    }

    private void continuation(int flags, int id, ByteBuffer payload) throws ConnectionError {
        if (blockStream == 0) {
            throw ConnectionError.protocol("CONTINUATION on stream " + id + " (expected: an open header block)");
        }
        fragment(payload, (flags & Frames.END_HEADERS) != 0);
    }

    private void fragment(ByteBuffer payload, boolean last) throws ConnectionError {
        blocks.decode(payload, last);
        if (last) {
            int id = blockStream;
            blockStream = 0;
            block(id, blocks.take(), blockEndsStream);
        }
    }

    private void block(int id, Fields fields, boolean last) throws ConnectionError {
        Stream known = streams.get(id);
        if (known != null) {
            trailers(known, fields, last);
        } else if (id <= lastStream) {
            return; // Of a stream that we have reset: the client did not know yet.
        } else if (connection.ending()) {
            lastStream = id;
            refuse(id);
        } else if (fromClient >= settings.maxStreams()) {
            lastStream = id;
            connection.requests().refused();
            refuse(id);
            flood(credits.resetByUs());
        } else {
            Stream stream = opened(id);
            if (last) {
                stream.hasNoBody(StreamState.Event.END_RECEIVED);
            }
            begin(stream, fields, last);
            if (stream.listener() == null) {
                flood(credits.resetByUs());
            }
        }
    }

    private void refuse(int id) {
        connection.sendReset(id, ErrorCode.REFUSED_STREAM);
        closed.add(id, client.window(), true);
    }

    private void trailers(Stream stream, Fields fields, boolean last) throws ConnectionError {
        StreamListener listener = stream.listener();
        if (!last || fields.tooLarge() || listener == null || !listener.trailers(fields)) {
            streamError(stream, ErrorCode.PROTOCOL_ERROR, "its trailer fields are malformed");
            return;
        }
        requestEnds(stream);
    }

    private void requestEnds(Stream stream) throws ConnectionError {
        String wrong = stream.requestEnds();
        if (wrong != null) {
            streamError(stream, ErrorCode.PROTOCOL_ERROR, wrong);
        } else {
            leaves(stream);
        }
    }

    /** RFC 9113, 5.4.2. Whoever makes us send many of these is a flood. */
    private void streamError(Stream stream, ErrorCode code, String reason) throws ConnectionError {
        connection.requests().broken(code, reason);
        connection.reset(stream, code, reason);
        flood(credits.resetByUs());
    }

    // ---- DATA

    private void dataBegins(int length, int id) throws ConnectionError {
        data = null;
        receiveWindow -= length;
        if (receiveWindow < 0) {
            throw new ConnectionError(
                    ErrorCode.FLOW_CONTROL_ERROR,
                    "DATA of " + length + " bytes on stream " + id
                            + " (expected: no more than the window of the connection)");
        }
        Stream stream = streams.get(id);
        if (stream == null) {
            if (id > lastStream || id % 2 == 0) {
                throw ConnectionError.protocol("DATA on stream " + id + " (expected: a stream that is open)");
            }
            if (!closed.resetByUs(id)) {
                connection.sendReset(id, ErrorCode.STREAM_CLOSED);
                flood(credits.resetByUs());
            }
        } else if (!stream.state().canReceive()) {
            throw new ConnectionError(
                    ErrorCode.STREAM_CLOSED, "DATA on " + stream + " (expected: none after END_STREAM)");
        } else if (!stream.receive(length)) {
            streamError(stream, ErrorCode.FLOW_CONTROL_ERROR, "DATA beyond the window of the stream");
        } else {
            data = stream;
        }
    }

    @Override
    public void data(int id, ByteBuffer part) throws ConnectionError {
        Stream stream = data;
        if (stream == null || !stream.state().canReceive()) {
            connection.consumed(part.remaining());
            return;
        }
        String wrong = stream.arrived(part);
        if (wrong != null) {
            streamError(stream, ErrorCode.PROTOCOL_ERROR, wrong);
        }
    }

    @Override
    public void padding(int id, int count) {
        connection.consumed(count);
        Stream stream = data;
        if (stream != null && stream.state().canReceive()) {
            stream.padded(count);
        }
    }

    @Override
    public void dataEnds(int id, int flags) throws ConnectionError {
        Stream stream = data;
        data = null;
        if (stream != null && stream.state().canReceive() && (flags & Frames.END_STREAM) != 0) {
            requestEnds(stream);
        }
    }

    // ---- the rest

    private void priority(int id, ByteBuffer payload) throws ConnectionError {
        Stream stream = streams.get(id);
        boolean wrongSize = payload.remaining() != 5;
        if (wrongSize && stream == null) {
            requireSize("PRIORITY", payload, false);
        }
        if (wrongSize || (payload.getInt() & Integer.MAX_VALUE) == id) {
            ErrorCode code = wrongSize ? ErrorCode.FRAME_SIZE_ERROR : ErrorCode.PROTOCOL_ERROR;
            if (stream == null) {
                throw new ConnectionError(
                        code, "stream " + id + " depends on itself (expected: another stream or none)");
            }
            streamError(stream, code, "PRIORITY that is none");
        }
    }

    private void reset(int id, ByteBuffer payload) throws ConnectionError {
        requireSize("RST_STREAM", payload, payload.remaining() == 4);
        int code = payload.getInt();
        Stream stream = streams.get(id);
        if (stream != null) {
            stream.fail(new IOException("the client has reset stream " + id + " (" + ErrorCode.name(code) + ")"));
            leaves(stream);
        } else if (id % 2 == 1 ? id > lastStream : id > lastPromised) {
            throw ConnectionError.protocol("RST_STREAM on stream " + id + " (expected: a stream that was opened)");
        }
    }

    private void settings(int flags, ByteBuffer payload) throws ConnectionError {
        settingsCame = true;
        if ((flags & Frames.ACK) != 0) {
            requireSize("the acknowledgement of SETTINGS", payload, payload.remaining() == 0);
            connection.settingsAcknowledged();
            return;
        }
        client.apply(payload, streams.values());
        connection.acknowledge(Frames.SETTINGS, ByteBuffer.allocate(0));
        connection.wakeAll(streams.values());
    }

    private void ping(int flags, ByteBuffer payload) throws ConnectionError {
        requireSize("PING", payload, payload.remaining() == 8);
        if ((flags & Frames.ACK) == 0) {
            connection.acknowledge(
                    Frames.PING, ByteBuffer.allocate(8).put(payload).flip());
        }
    }

    private void windowUpdate(int id, ByteBuffer payload) throws ConnectionError {
        requireSize("WINDOW_UPDATE", payload, payload.remaining() == 4);
        int increment = payload.getInt() & Integer.MAX_VALUE;
        if (id == 0) {
            if (increment == 0) {
                throw ConnectionError.protocol("WINDOW_UPDATE of 0 (expected: at least 1)");
            }
            if (!connection.widen(increment)) {
                throw new ConnectionError(
                        ErrorCode.FLOW_CONTROL_ERROR,
                        "WINDOW_UPDATE of " + increment + " (expected: a window of at most " + Frames.LARGEST_WINDOW
                                + ")");
            }
            return;
        }
        Stream stream = streams.get(id);
        if (stream == null) {
            lateWindowUpdate(id, increment);
        } else if (increment == 0) {
            streamError(stream, ErrorCode.PROTOCOL_ERROR, "WINDOW_UPDATE of 0 (expected: at least 1)");
        } else if (!stream.widen(increment)) {
            streamError(stream, ErrorCode.FLOW_CONTROL_ERROR, "a window of more than " + Frames.LARGEST_WINDOW);
        } else {
            connection.roomIn(stream);
        }
    }

    private void lateWindowUpdate(int id, int increment) throws ConnectionError {
        if (id % 2 == 1 ? id > lastStream : id > lastPromised) {
            throw ConnectionError.protocol("WINDOW_UPDATE on stream " + id + " (expected: a stream that was opened)");
        }
        if (increment == 0 || !closed.widen(id, increment)) {
            connection.sendReset(id, increment == 0 ? ErrorCode.PROTOCOL_ERROR : ErrorCode.FLOW_CONTROL_ERROR);
            flood(credits.resetByUs());
        }
    }
}
