package dev.sluice.transport;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * Buffers that belong to loops. On a loop (its own thread or the virtual thread mounted on it) allocating and releasing touch an
 * unshared stack; every other thread uses one shared bounded queue. Nothing is kept per thread, so threads may come and go by the
 * million. More buffers than the pools hold can be in use; what does not fit when it comes back is left to the collector.
 */
public final class LoopBuffers implements ByteBufferPool {
    private final List<Loop> loops;
    private final int size;
    private final boolean direct;
    private final int limit;
    private final IntFunction<ByteBuffer> maker;
    private final List<Own> own;
    private final ConcurrentLinkedQueue<ByteBuffer> shared = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sharedCount = new AtomicInteger();
    private final LongAdder others = new LongAdder(); // buffers that other threads took, less what they gave back
    private final LongAdder created = new LongAdder();
    private final @Nullable LoopBuffers heap;
    private volatile boolean closed;

    /** Pools for these loops; the loops' indexes must be their positions. */
    public LoopBuffers(List<Loop> loops, TransportOptions options) {
        this(loops, options.bufferSize(), options.directBuffers(), options.pooledBuffers());
    }

    /** Pools outside the heap, whatever the options say. */
    public static LoopBuffers direct(List<Loop> loops, TransportOptions options) {
        return new LoopBuffers(loops, options.bufferSize(), true, options.pooledBuffers());
    }

    private LoopBuffers(List<Loop> loops, int size, boolean direct, int limit) {
        this(loops, size, direct, limit, direct ? ByteBuffer::allocateDirect : ByteBuffer::allocate);
    }

    /** With the way in which a buffer of a size is made; what it throws is thrown by {@link #allocate}. */
    LoopBuffers(List<Loop> loops, int size, boolean direct, int limit, IntFunction<ByteBuffer> maker) {
        this.loops = List.copyOf(loops);
        this.size = size;
        this.direct = direct;
        this.limit = limit;
        this.maker = maker;
        this.own = loops.stream().map(loop -> new Own()).toList();
        this.heap = direct ? new LoopBuffers(loops, size, false, limit) : null;
    }

    /** What one loop has: buffers that are not in use, and how many it took, less what it gave back. */
    private static final class Own {
        private final ArrayDeque<ByteBuffer> unused = new ArrayDeque<>();
        private final LoopCount outstanding = new LoopCount();
    }

    @Override
    public PooledByteBuffer allocate() {
        if (closed) {
            throw new IllegalStateException("allocating a buffer after the transport was closed");
        }
        Lease lease = new Lease(this); // First: nothing is lost if there is no memory for it.
        ByteBuffer buffer = taken();
        lease.buffer = buffer == null ? newBuffer() : buffer;
        return lease;
    }

    private @Nullable ByteBuffer taken() {
        int loop = enterLoop();
        try {
            ByteBuffer buffer = take(loop);
            count(loop, 1);
            return buffer;
        } finally {
            leaveLoop(loop);
        }
    }

    private ByteBuffer newBuffer() {
        ByteBuffer buffer = null;
        try {
            buffer = maker.apply(size);
            created.increment();
            return buffer;
        } finally {
            if (buffer == null) { // There is no memory for one more.
                int loop = enterLoop();
                count(loop, -1);
                leaveLoop(loop);
            }
        }
    }

    private @Nullable ByteBuffer take(int loop) {
        ByteBuffer buffer = loop < 0 ? null : own.get(loop).unused.pollLast();
        if (buffer == null) {
            buffer = shared.poll();
            if (buffer != null) {
                sharedCount.decrementAndGet();
            }
        }
        return buffer;
    }

    private void count(int loop, int change) {
        if (loop < 0) {
            others.add(change);
        } else {
            own.get(loop).outstanding.add(change, true);
        }
    }

    private void giveBack(ByteBuffer buffer) {
        int loop = enterLoop();
        try {
            count(loop, -1);
            if (!closed) {
                keep(loop, buffer.clear());
            }
        } finally {
            leaveLoop(loop);
        }
    }

    private void keep(int loop, ByteBuffer buffer) {
        if (loop >= 0 && own.get(loop).unused.size() < limit) {
            own.get(loop).unused.addLast(buffer);
        } else if (sharedCount.incrementAndGet() <= limit) {
            shared.add(buffer);
        } else {
            sharedCount.decrementAndGet();
        }
    }

    /** Enters the loop that the current thread is on: its index, or -1 if there is none. */
    private int enterLoop() {
        if (Thread.currentThread() instanceof XnioIoThread thread) {
            int number = thread.getNumber();
            return number >= 0 && number < loops.size() && loops.get(number).enter() ? number : -1;
        }
        for (int i = 0; i < loops.size(); i++) {
            if (loops.get(i).enter()) {
                return i;
            }
        }
        return -1;
    }

    private void leaveLoop(int index) {
        if (index >= 0) {
            loops.get(index).leave();
        }
    }

    /** How many buffers are in use now. */
    public long outstanding() {
        long here = own.stream().mapToLong(each -> each.outstanding.sum()).sum();
        return here + others.sum() + (heap == null ? 0 : heap.outstanding());
    }

    /** How many buffers were ever created. */
    public long created() {
        return created.sum() + (heap == null ? 0 : heap.created());
    }

    @Override
    public ByteBufferPool getArrayBackedPool() {
        return heap == null ? this : heap;
    }

    /** Drops the shared buffers and refuses to allocate; buffers in use stay valid. */
    @Override
    public void close() {
        closed = true;
        shared.clear();
        if (heap != null) {
            heap.close();
        }
    }

    @Override
    public int getBufferSize() {
        return size;
    }

    @Override
    public boolean isDirect() {
        return direct;
    }

    /** A buffer in use; a new object for each, so that closing it twice cannot take it from its next user. */
    private static final class Lease implements PooledByteBuffer {
        private static final AtomicIntegerFieldUpdater<Lease> RELEASED =
                AtomicIntegerFieldUpdater.newUpdater(Lease.class, "released");
        private static final ByteBuffer NONE = ByteBuffer.allocate(0);

        private final LoopBuffers pool;
        private ByteBuffer buffer = NONE; // until it is handed out
        private volatile int released;

        Lease(LoopBuffers pool) {
            this.pool = pool;
        }

        @Override
        public ByteBuffer getBuffer() {
            if (released != 0) {
                throw new IllegalStateException("using a buffer that was given back");
            }
            return buffer;
        }

        @Override
        public void close() {
            if (RELEASED.compareAndSet(this, 0, 1)) {
                pool.giveBack(buffer);
            }
        }

        @Override
        public boolean isOpen() {
            return released == 0;
        }
    }
}
