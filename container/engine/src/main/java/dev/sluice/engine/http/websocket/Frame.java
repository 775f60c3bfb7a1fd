package dev.sluice.engine.http.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A frame of ours: whole, not masked (RFC 6455, 5.1 and 5.2).
 *
 * @param head what stands before the payload
 */
record Frame(ByteBuffer head, ByteBuffer payload) {
    private static final int WHOLE_TEXT = 0x81;
    private static final int WHOLE_BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;
    private static final int MOST_REASON = 123;

    static Frame text(String message) {
        return of(WHOLE_TEXT, ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
    }

    static Frame binary(ByteBuffer message) {
        return of(WHOLE_BINARY, message);
    }

    static Frame ping(ByteBuffer data) {
        return of(PING, data);
    }

    static Frame pong(ByteBuffer data) {
        return of(PONG, data);
    }

    /** A close frame; without a code if that is {@link CloseCodes#NO_STATUS}. */
    static Frame close(int code, String reason) {
        if (code == CloseCodes.NO_STATUS) {
            return of(CLOSE, ByteBuffer.allocate(0));
        }
        byte[] text = shortened(reason).getBytes(StandardCharsets.UTF_8);
        ByteBuffer payload = ByteBuffer.allocate(2 + text.length);
        return of(CLOSE, payload.putShort((short) code).put(text).flip());
    }

    /** RFC 6455, 5.5.1: a control frame has at most 125 bytes, two of them for the code. */
    private static String shortened(String reason) {
        String text = reason.length() > MOST_REASON ? reason.substring(0, MOST_REASON) : reason;
        while (text.getBytes(StandardCharsets.UTF_8).length > MOST_REASON) {
            text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
        }
        return text;
    }

    private static Frame of(int first, ByteBuffer payload) {
        int length = payload.remaining();
        ByteBuffer head = ByteBuffer.allocate(length < 126 ? 2 : length < 1 << 16 ? 4 : 10);
        head.put((byte) first);
        if (length < 126) {
            head.put((byte) length);
        } else if (length < 1 << 16) {
            head.put((byte) 126).putShort((short) length);
        } else {
            head.put((byte) 127).putLong(length);
        }
        return new Frame(head.flip(), payload);
    }
}
