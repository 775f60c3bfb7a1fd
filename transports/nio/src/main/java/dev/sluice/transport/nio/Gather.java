package dev.sluice.transport.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/**
 * Small writes of one loop through one direct buffer: a head and a short body become one plain write, which costs less than a gathering
 * one, and bytes of the heap need no buffer of the JDK's per-thread cache. On the loop only. A virtual thread may leave the loop in the middle
 * of a write, if another one writes to its channel; until it is back the buffer is its own, and others do without.
 */
final class Gather {
    private static final int CAPACITY = 8 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);

    private volatile boolean inUse;

    /** Whether so many bytes can be written through here now. */
    boolean fits(long bytes) {
        return bytes <= CAPACITY && !inUse;
    }

    long write(GatheringByteChannel channel, ByteBuffer[] sources, int offset, int length) throws IOException {
        buffer.clear();
        for (int i = offset; i < offset + length; i++) {
            copy(sources[i]);
        }
        int written = flush(channel);
        int left = written;
        for (int i = offset; i < offset + length; i++) {
            int part = Math.min(left, sources[i].remaining());
            sources[i].position(sources[i].position() + part);
            left -= part;
        }
        return written;
    }

    int write(GatheringByteChannel channel, ByteBuffer source) throws IOException {
        buffer.clear();
        copy(source);
        int written = flush(channel);
        source.position(source.position() + written);
        return written;
    }

    private int flush(GatheringByteChannel channel) throws IOException {
        inUse = true;
        try {
            return channel.write(buffer.flip());
        } finally {
            inUse = false;
        }
    }

    /** Leaves the source's position where it is. */
    private void copy(ByteBuffer source) {
        int length = source.remaining();
        buffer.put(buffer.position(), source, source.position(), length);
        buffer.position(buffer.position() + length);
    }
}
