package dev.sluice.engine.http.http2;

import java.nio.ByteBuffer;
import java.util.Collection;

/** What the client has set: RFC 9113, 6.5.2. Written on the loop, read by any thread. */
final class ClientSettings {
    private static final int HEADER_TABLE_SIZE = 1;
    private static final int ENABLE_PUSH = 2;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int MAX_FRAME_SIZE = 5;
    private static final int LARGEST_FRAME = (1 << 24) - 1;

    private final HeaderBlocks blocks;
    private volatile boolean push = true;
    private volatile long streams = Long.MAX_VALUE;
    private int window = Frames.WINDOW;

    ClientSettings(HeaderBlocks blocks) {
        this.blocks = blocks;
    }

    boolean push() {
        return push;
    }

    /** How many streams we may promise at once. */
    long streams() {
        return streams;
    }

    /** The window with which a stream begins. */
    int window() {
        return window;
    }

    /** Takes the payload of SETTINGS. */
    void apply(ByteBuffer payload, Collection<Stream> open) throws ConnectionError {
        if (payload.remaining() % 6 != 0) {
            throw new ConnectionError(
                    ErrorCode.FRAME_SIZE_ERROR,
                    "SETTINGS of " + payload.remaining() + " bytes (expected: 6 for each setting)");
        }
        while (payload.hasRemaining()) {
            int id = payload.getShort() & 0xffff;
            long value = payload.getInt() & 0xffff_ffffL;
            switch (id) {
                case HEADER_TABLE_SIZE -> blocks.tableSize(value);
                case ENABLE_PUSH -> {
                    require(ErrorCode.PROTOCOL_ERROR, "ENABLE_PUSH", value, 0, 1);
                    push = value == 1;
                }
                case MAX_CONCURRENT_STREAMS -> streams = value;
                case INITIAL_WINDOW_SIZE -> {
                    require(ErrorCode.FLOW_CONTROL_ERROR, "INITIAL_WINDOW_SIZE", value, 0, Frames.LARGEST_WINDOW);
                    window((int) value, open);
                }
                case MAX_FRAME_SIZE ->
                    require(ErrorCode.PROTOCOL_ERROR, "MAX_FRAME_SIZE", value, Frames.LARGEST, LARGEST_FRAME);
                default -> {
                    // RFC 9113, 6.5.2: unknown settings are ignored; MAX_HEADER_LIST_SIZE is advice.
                }
            }
        }
    }

    private void window(int value, Collection<Stream> open) throws ConnectionError {
        long change = (long) value - window;
        window = value;
        for (Stream stream : open) {
            if (!stream.widen(change)) {
                throw new ConnectionError(
                        ErrorCode.FLOW_CONTROL_ERROR,
                        "INITIAL_WINDOW_SIZE: " + value + " (expected: windows of at most " + Frames.LARGEST_WINDOW
                                + ")");
            }
        }
    }

    private static void require(ErrorCode code, String name, long value, long least, long most) throws ConnectionError {
        if (value < least || value > most) {
            throw new ConnectionError(code, name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }
}
