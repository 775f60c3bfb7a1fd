package dev.sluice.engine.http;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Buffers that hold one TLS record each; shared by all threads and bounded, because a cache per thread would grow with virtual ones. */
final class TlsBuffers implements ByteBufferPool {
    private static final int RECORD = 17 * 1024;
    private static final int MOST = 512;

    private final ConcurrentLinkedQueue<ByteBuffer> unused = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public PooledByteBuffer allocate() {
        ByteBuffer pooled = unused.poll();
        if (pooled != null) {
            count.decrementAndGet();
        }
        ByteBuffer buffer = pooled == null ? ByteBuffer.allocateDirect(RECORD) : pooled.clear();
        AtomicBoolean open = new AtomicBoolean(true);
        return new PooledByteBuffer() {
            @Override
            public ByteBuffer getBuffer() {
                if (!open.get()) {
                    throw new IllegalStateException("using a buffer that was given back");
                }
                return buffer;
            }

            @Override
            public void close() {
                if (open.getAndSet(false)) {
                    giveBack(buffer);
                }
            }

            @Override
            public boolean isOpen() {
                return open.get();
            }
        };
    }

    private void giveBack(ByteBuffer buffer) {
        if (count.incrementAndGet() <= MOST) {
            unused.add(buffer);
        } else {
            count.decrementAndGet();
        }
    }

    @Override
    public ByteBufferPool getArrayBackedPool() {
        return this;
    }

    @Override
    public void close() {
        unused.clear();
    }

    @Override
    public int getBufferSize() {
        return RECORD;
    }

    @Override
    public boolean isDirect() {
        return true;
    }
}
