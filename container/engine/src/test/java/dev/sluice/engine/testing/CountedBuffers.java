package dev.sluice.engine.testing;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Buffers that are not pooled but counted, so that a test sees those that were not given back. */
public final class CountedBuffers implements ByteBufferPool {
    private final int size;
    private final AtomicInteger outstanding = new AtomicInteger();

    /** Buffers of this size. */
    public CountedBuffers(int size) {
        this.size = size;
    }

    /** Buffers that are in use. */
    public int outstanding() {
        return outstanding.get();
    }

    @Override
    public PooledByteBuffer allocate() {
        outstanding.incrementAndGet();
        ByteBuffer buffer = ByteBuffer.allocate(size);
        AtomicBoolean open = new AtomicBoolean(true);
        return new PooledByteBuffer() {
            @Override
            public ByteBuffer getBuffer() {
                if (!open.get()) {
                    throw new IllegalStateException("the buffer was given back");
                }
                return buffer;
            }

            @Override
            public void close() {
                if (open.getAndSet(false)) {
                    outstanding.decrementAndGet();
                }
            }

            @Override
            public boolean isOpen() {
                return open.get();
            }
        };
    }

    @Override
    public ByteBufferPool getArrayBackedPool() {
        return this;
    }

    @Override
    public void close() {}

    @Override
    public int getBufferSize() {
        return size;
    }

    @Override
    public boolean isDirect() {
        return false;
    }
}
