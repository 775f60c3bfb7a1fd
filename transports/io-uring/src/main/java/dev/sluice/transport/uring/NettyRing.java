package dev.sluice.transport.uring;

import dev.sluice.transport.LoopCounters;
import dev.sluice.transport.loop.LoopFailures;
import io.netty.channel.IoEvent;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.Errors;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringIoOps;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The ring of Netty's io_uring handler, driven by our own loop. */
final class NettyRing implements Ring {
    private static final LoopFailures COMPLETION = new LoopFailures("a completion was not handled");
    private static final byte OP_POLL_ADD = 6;
    private static final byte OP_ASYNC_CANCEL = 14;
    private static final byte OP_SEND = 26;
    private static final byte OP_RECV = 27;
    private static final short POLL_FIRST = 1;
    private static final int CQE_MORE = 1 << 1;
    private static final short CANCEL_TAG = -1;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int EBUSY = 16;

    /**
     * Entries of the two queues; both are powers of two, as the kernel makes them.
     *
     * @param completions for the kernels that let us choose; the others take twice the submissions
     */
    record Sizes(int submissions, int completions) {
        private static final int COMPLETIONS_FOR_EACH = 4;

        /** The usual sizes for at least that many submissions. */
        static Sizes of(int submissions) {
            int rounded = Integer.highestOneBit(Math.max(1, 2 * submissions - 1));
            return new Sizes(rounded, COMPLETIONS_FOR_EACH * rounded);
        }

        int smallestCompletions() {
            return Math.min(completions, 2 * submissions);
        }
    }

    private final IoHandler handler;
    private final boolean shared;
    private final Runnable awake;
    private final Waiting waiting = new Waiting();
    private final LoopCounters counters;
    private final BooleanSupplier overflow;
    private final int lookEvery;
    private int handled;
    private boolean overflowed;

    /**
     * Creates the queues.
     *
     * @param owner says which thread, or virtual thread mounted on it, may submit
     * @param awake called before the first completion of a poll is handled
     * @throws RuntimeException if the kernel refuses
     */
    NettyRing(ThreadAwareExecutor owner, Sizes sizes, Runnable awake, LoopCounters counters) {
        this(handler(owner, sizes), SharedRing.POSSIBLE, sizes.smallestCompletions(), awake, counters);
    }

    NettyRing(IoHandler handler, int completionEntries, Runnable awake, LoopCounters counters) {
        this(handler, false, completionEntries, awake, counters);
    }

    private NettyRing(IoHandler handler, boolean shared, int completionEntries, Runnable awake, LoopCounters counters) {
        this.handler = handler;
        this.shared = shared;
        this.awake = awake;
        this.counters = counters;
        this.overflow = OverflowFlag.of(handler);
        // While the queue is full, at least one look falls on what is taken from it.
        this.lookEvery = completionEntries / 2;
    }

    private static IoHandler handler(ThreadAwareExecutor owner, Sizes sizes) {
        IoUringIoHandlerConfig config =
                new IoUringIoHandlerConfig().setRingSize(sizes.submissions()).setSingleIssuer(!SharedRing.POSSIBLE);
        if (SetupProbe.COMPLETION_QUEUE_SIZE) {
            config.setCqSize(sizes.completions());
        }
        return IoUringIoHandler.newFactory(config).newHandler(owner);
    }

    @Override
    public void enable() {
        handler.initialize();
        if (shared) {
            SharedRing.share(handler);
        }
    }

    @Override
    public Registration register(Handler target) throws IOException {
        Handle handle = new Handle(target);
        try {
            return new Registered(handler.register(handle));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the ring refused a registration", e);
        }
    }

    @Override
    public void poll(long nanos) {
        waiting.nanos = nanos;
        overflowed = false;
        try {
            handler.run(waiting);
        } catch (UncheckedIOException e) {
            if (!isTransient(e.getCause())) {
                throw e;
            }
            counters.submissionRetried(); // what was queued stays queued, the next poll submits it again
        }
        if (overflowed) {
            counters.completionsOverflowed();
        }
    }

    static boolean isTransient(@Nullable Throwable e) {
        if (!(e instanceof Errors.NativeIoException failure)) {
            return false;
        }
        int error = Math.abs(failure.expectedErr());
        return error == EINTR || error == EAGAIN || error == EBUSY;
    }

    @Override
    public void wakeUp() {
        handler.wakeup();
    }

    @Override
    public void close() {
        handler.prepareToDestroy();
        handler.destroy();
    }

    private final class Handle implements IoUringIoHandle {
        private final Handler target;

        Handle(Handler target) {
            this.target = target;
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            IoUringIoEvent completed = (IoUringIoEvent) event;
            awake.run();
            if (++handled >= lookEvery) {
                handled = 0;
                overflowed |= overflow.getAsBoolean();
            }
            int tag = completed.data();
            if (tag == CANCEL_TAG) {
                return;
            }
            try {
                target.completed(tag, completed.res(), (completed.flags() & CQE_MORE) != 0);
            } catch (Throwable e) {
                // Netty would let the whole loop sleep for a while, or not go on after an error.
                COMPLETION.log(e);
                target.failed();
            }
        }

        @Override
        public void close() {
            // Sockets are closed by the loop before the ring; nothing is left to do here.
        }
    }

    private record Registered(IoRegistration netty) implements Registration {
        @Override
        public long submit(Operation operation, int descriptor, long address, int length, int flags, int tag) {
            byte code =
                    switch (operation) {
                        case RECEIVE, RECEIVE_LATER -> OP_RECV;
                        case SEND -> OP_SEND;
                        case AWAIT_CONNECTIONS, AWAIT_ROOM -> OP_POLL_ADD;
                    };
            short priority =
                    switch (operation) {
                        case RECEIVE_LATER -> POLL_FIRST;
                        case AWAIT_CONNECTIONS, RECEIVE, SEND, AWAIT_ROOM -> 0;
                    };
            return netty.submit(new IoUringIoOps(
                    code,
                    (byte) 0,
                    priority,
                    descriptor,
                    0L,
                    address,
                    length,
                    flags,
                    (long) tag,
                    (short) 0,
                    (short) 0,
                    0,
                    0L));
        }

        @Override
        public void cancel(long submission) {
            netty.submit(new IoUringIoOps(
                    OP_ASYNC_CANCEL,
                    (byte) 0,
                    (short) 0,
                    -1,
                    0L,
                    submission,
                    0,
                    0,
                    (long) CANCEL_TAG,
                    (short) 0,
                    (short) 0,
                    0,
                    0L));
        }

        @Override
        public void release() {
            netty.cancel();
        }
    }

    private static final class Waiting implements IoHandlerContext {
        private long nanos;

        @Override
        public boolean canBlock() {
            return nanos != 0;
        }

        @Override
        public long delayNanos(long now) {
            return Math.max(0, nanos);
        }

        @Override
        public long deadlineNanos() {
            return nanos < 0 ? -1 : System.nanoTime() + nanos;
        }
    }
}
