package dev.sluice.engine.http.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart what a client sends (RFC 6455, 5). Knows no connection; one thread at a time.
 *
 * <pre>
 * HEAD --of a data frame--> DATA ----last byte, FIN--> a message, HEAD
 *   |                          +----last byte--------> HEAD
 *   +----of a control frame-> CONTROL --last byte----> a ping, pong or close, HEAD
 * </pre>
 *
 * <p>What is wrong is said at the first byte that shows it. After an exception nothing more may be read.
 */
final class FrameReader {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int LONGEST_HEAD = 14;
    private static final int MOST_CONTROL = 125;

    private enum State {
        HEAD,
        DATA,
        CONTROL
    }

    private final byte[] head = new byte[LONGEST_HEAD];
    private final MessageBuffer message;
    private final int limit;

    private State state = State.HEAD;
    private int headSize;
    private int headLength = 2;
    private boolean last;
    private int opcode;
    private int mask; // turned so that its first byte is for the next of the payload
    private long left;
    private int kind = CONTINUATION; // of the message that is not complete; CONTINUATION for none
    private Utf8Check utf8 = new Utf8Check();
    private ByteBuffer control = ByteBuffer.allocate(0);

    /** A reader of messages of at most so many bytes. */
    FrameReader(int limit) {
        this.limit = limit;
        this.message = new MessageBuffer(limit);
    }

    /**
     * Reads on.
     *
     * @param in is changed where it was read: the mask is taken off in place
     * @return the next that is complete; null if all was read and more is needed
     */
    @Nullable
    Message next(ByteBuffer in) throws FrameException {
        while (state != State.HEAD || readHead(in)) {
            Message complete = state == State.DATA ? readData(in) : readControl(in);
            if (complete != null) {
                return complete;
            }
            if (left > 0) {
                return null;
            }
        }
        return null;
    }

    private boolean readHead(ByteBuffer in) throws FrameException {
        while (headSize < headLength) {
            if (!in.hasRemaining()) {
                return false;
            }
            head[headSize++] = in.get();
            if (headSize == 1) {
                checkFirst(head[0]);
            } else if (headSize == 2) {
                checkSecond(head[1]);
            }
        }
        left = length();
        mask = ByteBuffer.wrap(head).getInt(headLength - 4);
        headSize = 0;
        headLength = 2;
        begin();
        return true;
    }

    private void checkFirst(byte octet) throws FrameException {
        last = octet < 0;
        opcode = octet & 0x0F;
        if ((octet & 0x70) != 0) {
            throw FrameException.protocol(
                    "reserved bits " + (octet >> 4 & 7) + " (expected: none without an extension)");
        }
        switch (opcode) {
            case CONTINUATION ->
                require(kind != CONTINUATION, "a continuation without a message (expected: a first frame)");
            case TEXT, BINARY ->
                require(kind == CONTINUATION, "a new message inside another (expected: a continuation)");
            case CLOSE, PING, PONG -> require(last, "a fragmented control frame (expected: one frame)");
            default -> throw FrameException.protocol("opcode " + opcode + " (expected: 0, 1, 2, 8, 9 or 10)");
        }
    }

    private void checkSecond(byte octet) throws FrameException {
        require(octet < 0, "a frame without mask (expected: clients mask)");
        int length = octet & 0x7F;
        if (opcode >= CLOSE) {
            require(length <= MOST_CONTROL, "a control frame of more than 125 bytes");
            require(opcode != CLOSE || length != 1, "a close frame with half a code (expected: none or 2 bytes)");
        }
        headLength = 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + 4;
    }

    private long length() throws FrameException {
        ByteBuffer bytes = ByteBuffer.wrap(head);
        int brief = head[1] & 0x7F;
        if (brief < 126) {
            return brief;
        }
        // RFC 6455, 5.2: the most significant bit is 0, and the shortest form is used.
        long length = brief == 126 ? bytes.getShort(2) & 0xFFFF : bytes.getLong(2);
        require(length >= 0, "a length with the top bit set (expected: at most 63 bits)");
        require(
                length >= (brief == 126 ? 126 : 1 << 16),
                "length " + length + " in " + (brief == 126 ? 2 : 8) + " bytes (expected: the shortest form)");
        return length;
    }

    private void begin() throws FrameException {
        if (opcode >= CLOSE) {
            state = State.CONTROL;
            control = ByteBuffer.allocate((int) left);
            return;
        }
        if (message.exceededBy(left)) {
            throw new FrameException(
                    CloseCodes.TOO_BIG, "a message of more than " + limit + " bytes (expected: at most so many)");
        }
        state = State.DATA;
        if (opcode != CONTINUATION) {
            kind = opcode;
        }
    }

    private @Nullable Message readData(ByteBuffer in) throws FrameException {
        int count = (int) Math.min(left, in.remaining());
        unmask(in, count);
        if (kind == TEXT && !utf8.accept(in, in.position(), in.position() + count)) {
            throw new FrameException(CloseCodes.BAD_DATA, "a text that is not UTF-8");
        }
        message.add(in, count);
        left -= count;
        if (left > 0) {
            return null;
        }
        state = State.HEAD;
        return last ? complete() : null;
    }

    private Message complete() throws FrameException {
        boolean text = kind == TEXT;
        kind = CONTINUATION;
        if (!text) {
            return new Message.Binary(message.binary());
        }
        if (!utf8.complete()) {
            throw new FrameException(CloseCodes.BAD_DATA, "a text that ends inside a character");
        }
        return new Message.Text(message.text());
    }

    private @Nullable Message readControl(ByteBuffer in) throws FrameException {
        int count = (int) Math.min(left, in.remaining());
        unmask(in, count);
        in.get(control.array(), control.position(), count);
        control.position(control.position() + count);
        left -= count;
        if (left > 0) {
            return null;
        }
        state = State.HEAD;
        ByteBuffer data = control.flip();
        return switch (opcode) {
            case PING -> new Message.Ping(data);
            case PONG -> new Message.Pong(data);
            default -> close(data);
        };
    }

    private static Message.Close close(ByteBuffer data) throws FrameException {
        if (!data.hasRemaining()) {
            return new Message.Close(CloseCodes.NO_STATUS, "");
        }
        int code = data.getShort() & 0xFFFF;
        require(CloseCodes.sendable(code), "close code " + code + " (expected: one that may be sent)");
        Utf8Check reason = new Utf8Check();
        if (!reason.accept(data, data.position(), data.limit()) || !reason.complete()) {
            throw new FrameException(CloseCodes.BAD_DATA, "a reason to close that is not UTF-8");
        }
        return new Message.Close(code, StandardCharsets.UTF_8.decode(data).toString());
    }

    private void unmask(ByteBuffer in, int count) {
        int at = in.position();
        int end = at + count;
        if (mask != 0) {
            long twice = (long) mask << 32 | mask & 0xFFFF_FFFFL;
            for (; end - at >= Long.BYTES; at += Long.BYTES) {
                in.putLong(at, in.getLong(at) ^ twice);
            }
            for (; at < end; at++) {
                in.put(at, (byte) (in.get(at) ^ mask >>> 24));
                mask = Integer.rotateLeft(mask, 8);
            }
        }
    }

    private static void require(boolean fine, String otherwise) throws FrameException {
        if (!fine) {
            throw FrameException.protocol(otherwise);
        }
    }
}
