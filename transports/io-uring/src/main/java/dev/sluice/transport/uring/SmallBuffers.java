package dev.sluice.transport.uring;

import io.netty.channel.unix.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The buffers of receives that are armed ahead: one for each open connection, so they are small and cut from large blocks. Used on the loop
 * only. What is cut is kept for the next connections.
 */
final class SmallBuffers {
    /** Bytes of one: most request heads fit; what is longer is received directly into its destination. */
    static final int SIZE = 2048;

    private static final int BLOCK = 64;

    private final ArrayDeque<Small> unused = new ArrayDeque<>();

    /** A buffer and where it is. */
    record Small(ByteBuffer bytes, long address) {}

    Small take() {
        if (unused.isEmpty()) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK * SIZE);
            long start = Buffer.memoryAddress(block);
            for (int i = 0; i < BLOCK; i++) {
                unused.addLast(new Small(block.slice(i * SIZE, SIZE), start + (long) i * SIZE));
            }
        }
        return unused.removeLast();
    }

    void giveBack(Small buffer) {
        buffer.bytes().clear();
        unused.addLast(buffer);
    }
}
