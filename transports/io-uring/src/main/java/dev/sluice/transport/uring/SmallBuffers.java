package dev.sluice.transport.uring;

import io.netty.channel.unix.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The buffers of receives that are armed ahead: one for each open connection, so they are small and cut from large blocks. Used on the loop
 * only. A few blocks that nobody uses are kept for the next connections, the others are left to the collector.
 */
final class SmallBuffers {
    /** Bytes of one: most request heads fit, and the rest of a longer one is received directly into its destination. */
    static final int SIZE = 1024;

    private static final int BLOCK = 64;
    private static final int MOST_UNUSED_BLOCKS = 8;

    /** Blocks with an unused buffer; those that were taken from last come first. */
    private final ArrayDeque<Block> available = new ArrayDeque<>();

    private int unusedBlocks;

    /** A buffer and where it is. */
    record Small(ByteBuffer bytes, long address, Block block) {}

    /** Buffers that were allocated together. */
    static final class Block {
        private final ArrayDeque<Small> unused = new ArrayDeque<>(BLOCK);

        private Block() {
            ByteBuffer memory = ByteBuffer.allocateDirect(BLOCK * SIZE);
            long start = Buffer.memoryAddress(memory);
            for (int i = 0; i < BLOCK; i++) {
                unused.addLast(new Small(memory.slice(i * SIZE, SIZE), start + (long) i * SIZE, this));
            }
        }
    }

    Small take() {
        if (available.isEmpty()) {
            available.addFirst(new Block());
            unusedBlocks++;
        }
        Block block = available.getFirst();
        if (block.unused.size() == BLOCK) {
            unusedBlocks--;
        }
        Small taken = block.unused.removeLast();
        if (block.unused.isEmpty()) {
            available.removeFirst();
        }
        return taken;
    }

    void giveBack(Small buffer) {
        buffer.bytes().clear();
        Block block = buffer.block();
        if (block.unused.isEmpty()) {
            available.addFirst(block);
        }
        block.unused.addLast(buffer);
        if (block.unused.size() < BLOCK) {
            return;
        }
        available.remove(block);
        if (unusedBlocks < MOST_UNUSED_BLOCKS) {
            unusedBlocks++;
            available.addLast(block);
        }
    }
}
