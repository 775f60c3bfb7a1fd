package dev.sluice.engine.http.http2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Cuts what a client sends into frames, however the bytes arrive. DATA is handed on as it comes, every other frame when it is complete.
 *
 * <pre>
 * PREFACE -> HEADER -+-> PAYLOAD -----------------------------+-> HEADER
 *                    +-> PAD_LENGTH -+                        |
 *                    +---------------+-> DATA -> PADDING -----+
 * </pre>
 */
final class FrameReader {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private enum State {
        PREFACE,
        HEADER,
        PAYLOAD,
        PAD_LENGTH,
        DATA,
        PADDING
    }

    /** Takes frames; on the loop. */
    interface Receiver {
        /** The head of a frame: its length, type and stream may be refused before the payload is read. */
        void begins(int type, int flags, int length, int stream) throws ConnectionError;

        /** A complete frame other than DATA; the payload is valid during the call. */
        void frame(int type, int flags, int stream, ByteBuffer payload) throws ConnectionError;

        /** A part of the payload of DATA. */
        void data(int stream, ByteBuffer part) throws ConnectionError;

        /** Bytes of DATA that carry nothing: padding and its length. */
        void padding(int stream, int count) throws ConnectionError;

        /** The end of a frame of DATA. */
        void dataEnds(int stream, int flags) throws ConnectionError;
    }

    private final Receiver receiver;
    private final ByteBuffer header = ByteBuffer.allocate(Frames.HEADER);
    private State state = State.PREFACE;
    private int prefaceRead;
    private int type;
    private int flags;
    private int stream;
    private int left;
    private int padding;
    private ByteBuffer collected = header;

    FrameReader(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Reads all bytes. */
    void read(ByteBuffer bytes) throws ConnectionError {
        while (bytes.hasRemaining() || left == 0 && state == State.DATA) {
            switch (state) {
                case PREFACE -> preface(bytes.get());
                case HEADER -> header(bytes);
                case PAYLOAD -> payload(bytes);
                case PAD_LENGTH -> padLength(bytes.get() & 0xff);
                case DATA -> data(bytes);
                case PADDING -> skip(bytes);
            }
        }
    }

    /** Whether a frame has begun and not ended. */
    boolean inFrame() {
        return state != State.HEADER || header.position() > 0;
    }

    /** Whether the frame that has begun is DATA. */
    boolean inData() {
        return state == State.DATA || state == State.PAD_LENGTH || state == State.PADDING;
    }

    /** Whether the client has not sent its preface yet. */
    boolean inPreface() {
        return state == State.PREFACE;
    }

    private void preface(byte c) throws ConnectionError {
        if (c != PREFACE[prefaceRead]) {
            throw ConnectionError.protocol("byte " + (prefaceRead + 1) + " of the connection preface: " + (c & 0xff)
                    + " (expected: " + PREFACE[prefaceRead] + ")");
        }
        if (++prefaceRead == PREFACE.length) {
            state = State.HEADER;
        }
    }

    private void header(ByteBuffer bytes) throws ConnectionError {
        while (header.hasRemaining()) {
            if (!bytes.hasRemaining()) {
                return;
            }
            header.put(bytes.get());
        }
        header.clear();
        int length = header.getInt(0) >>> 8;
        type = header.get(3) & 0xff;
        flags = header.get(4) & 0xff;
        stream = header.getInt(5) & Integer.MAX_VALUE;
        left = length;
        receiver.begins(type, flags, length, stream);
        if (type == Frames.DATA) {
            padding = 0;
            if ((flags & Frames.PADDED) != 0 && length == 0) {
                throw new ConnectionError(
                        ErrorCode.FRAME_SIZE_ERROR,
                        "padded DATA with a payload of 0 bytes (expected: at least 1, the length of the padding)");
            }
            state = (flags & Frames.PADDED) != 0 ? State.PAD_LENGTH : State.DATA;
        } else if (bytes.remaining() >= length) {
            int limit = bytes.limit();
            int end = bytes.position() + length;
            bytes.limit(end);
            receiver.frame(type, flags, stream, bytes);
            bytes.limit(limit).position(end);
        } else {
            collected = ByteBuffer.allocate(length);
            state = State.PAYLOAD;
        }
    }

    private void payload(ByteBuffer bytes) throws ConnectionError {
        int limit = bytes.limit();
        bytes.limit(Math.min(limit, bytes.position() + collected.remaining()));
        collected.put(bytes);
        bytes.limit(limit);
        if (!collected.hasRemaining()) {
            state = State.HEADER;
            ByteBuffer complete = collected.flip();
            collected = header;
            receiver.frame(type, flags, stream, complete);
        }
    }

    private void padLength(int length) throws ConnectionError {
        left--;
        if (length > left) {
            throw ConnectionError.protocol(
                    "padding of DATA: " + length + " bytes (expected: at most " + left + ", what the frame has)");
        }
        padding = length;
        left -= length;
        receiver.padding(stream, 1 + length);
        state = State.DATA;
    }

    private void data(ByteBuffer bytes) throws ConnectionError {
        int part = Math.min(left, bytes.remaining());
        if (part > 0) {
            int limit = bytes.limit();
            int end = bytes.position() + part;
            bytes.limit(end);
            receiver.data(stream, bytes);
            bytes.limit(limit).position(end);
            left -= part;
        }
        if (left == 0) {
            left = padding;
            state = State.PADDING;
            endIfPadded();
        }
    }

    private void skip(ByteBuffer bytes) throws ConnectionError {
        int part = Math.min(left, bytes.remaining());
        bytes.position(bytes.position() + part);
        left -= part;
        endIfPadded();
    }

    private void endIfPadded() throws ConnectionError {
        if (left == 0) {
            state = State.HEADER;
            receiver.dataEnds(stream, flags);
        }
    }
}
