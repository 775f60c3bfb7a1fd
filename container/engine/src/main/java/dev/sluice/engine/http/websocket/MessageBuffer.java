package dev.sluice.engine.http.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one message, which grow with what has come, not with what was announced. */
final class MessageBuffer {
    private static final byte[] NONE = {};

    private final int limit;
    private byte[] bytes = NONE;
    private int size;

    MessageBuffer(int limit) {
        this.limit = limit;
    }

    /** Whether so many more would exceed the limit. */
    boolean exceededBy(long more) {
        return more > limit - size;
    }

    /** Takes the next bytes of the source. */
    void add(ByteBuffer source, int count) {
        if (count > bytes.length - size) {
            grow(count);
        }
        source.get(bytes, size, count);
        size += count;
    }

    /** The first piece gets what it needs, so that a message that comes in one is copied once. */
    private void grow(int count) {
        long doubled = size == 0 ? count : Math.max(2L * bytes.length, (long) size + count);
        bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, limit));
    }

    String text() {
        String text = new String(bytes, 0, size, StandardCharsets.UTF_8);
        clear();
        return text;
    }

    /** What it held, in a buffer that belongs to the caller. */
    ByteBuffer binary() {
        ByteBuffer message = ByteBuffer.wrap(bytes, 0, size).slice();
        clear();
        return message;
    }

    private void clear() {
        bytes = NONE;
        size = 0;
    }
}
