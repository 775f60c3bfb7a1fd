package dev.sluice.transport.uring;

import dev.sluice.transport.TransportOptions;
import dev.sluice.transport.TransportUnavailableException;
import dev.sluice.transport.loop.LoopFailures;
import dev.sluice.transport.loop.LoopThread;
import dev.sluice.transport.loop.LoopWorker;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A loop around a ring. Sockets that want something from the kernel note themselves during a turn and submit at its end, so that one system
 * call hands over everything and waits for what comes next.
 */
final class RingLoop extends LoopThread {
    private static final LoopFailures SUBMITTING =
            new LoopFailures("what a socket wanted could not be submitted; it is closed");
    /** A socket of the loop. */
    interface Member {
        /** The turn ends: submit what is wanted. */
        void submitNow();

        /** The loop stops. */
        void closeNow();
    }

    private final Ring ring;
    private final SmallBuffers small = new SmallBuffers();
    private final Set<Member> members = new HashSet<>();
    private final ArrayDeque<Member> wanting = new ArrayDeque<>();
    private boolean enabled;

    RingLoop(LoopWorker worker, int index, TransportOptions options, NettyRing.Sizes sizes)
            throws TransportUnavailableException {
        super(worker, index, options.threadName() + "-loop-" + index);
        try {
            this.ring = new NettyRing(new Owner(), sizes, this::awake, loop().counters());
        } catch (RuntimeException | Error e) {
            throw new TransportUnavailableException(UringAvailability.cause(e), e);
        }
    }

    private final class Owner implements ThreadAwareExecutor {
        @Override
        public boolean isExecutorThread(Thread thread) {
            return thread == loop().acting();
        }

        @Override
        public void execute(Runnable task) {
            executeAlways(task);
        }
    }

    Ring ring() {
        return ring;
    }

    SmallBuffers smallBuffers() {
        return small;
    }

    /** Adds a socket; on the loop. */
    void join(Member member) {
        members.add(member);
    }

    /** Forgets a socket whose descriptor is closed; on the loop. */
    void leave(Member member) {
        members.remove(member);
    }

    /** Lets a socket submit at the end of the turn; on the loop, once for each turn. */
    void wants(Member member) {
        wanting.add(member);
    }

    /** Runs something on the loop after a delay, even while it stops. */
    void later(Runnable task, long nanos) {
        after(task, nanos);
    }

    @Override
    protected void opened() {
        ring.enable();
        enabled = true;
    }

    @Override
    protected void poll(long nanos) {
        ring.poll(nanos);
        awake();
    }

    @Override
    protected void endTurn() {
        for (Member next = wanting.poll(); next != null; next = wanting.poll()) {
            try {
                next.submitNow();
            } catch (Throwable e) {
                SUBMITTING.log(e);
                next.closeNow();
            }
        }
    }

    @Override
    protected void wakeUp() {
        ring.wakeUp();
    }

    @Override
    protected void closeSockets() {
        List.copyOf(members).forEach(Member::closeNow);
    }

    @Override
    protected boolean socketsClosed() {
        return members.isEmpty();
    }

    @Override
    protected void release() {
        if (!enabled) {
            ring.enable(); // a ring that nobody may use cannot be drained
        }
        ring.close();
    }
}
