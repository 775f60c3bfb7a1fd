package dev.sluice.transport.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/**
 * Small writes of one loop through one direct buffer: a head and a short body become one plain write, which costs less than a gathering
 * one, and bytes of the heap need no buffer of the JDK's per-thread cache. On the loop only.
 */
final class Gather {
    private static final int CAPACITY = 8 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);

    boolean fits(long bytes) {
        return bytes <= CAPACITY;
    }

    long write(GatheringByteChannel channel, ByteBuffer[] sources, int offset, int length) throws IOException {
        buffer.clear();
        for (int i = offset; i < offset + length; i++) {
            copy(sources[i]);
        }
        int written = channel.write(buffer.flip());
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
        int written = channel.write(buffer.flip());
        source.position(source.position() + written);
        return written;
    }

    /** Leaves the source's position where it is. */
    private void copy(ByteBuffer source) {
        int length = source.remaining();
        buffer.put(buffer.position(), source, source.position(), length);
        buffer.position(buffer.position() + length);
    }
}
