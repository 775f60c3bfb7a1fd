package dev.sluice.engine.lane;

import dev.sluice.engine.http.EventLoop;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread for each task, mounted at once by the loop of its connection. When it blocks it unmounts and the loop goes on; it
 * continues on the same loop. Virtual threads that it starts run where they do on every other server: on the JDK's own scheduler.
 */
public final class LoopLane implements Lane {
    /** Fails if {@link #reasonAgainst} has a reason. */
    public LoopLane() {
        if (!reasonAgainst().isEmpty()) {
            throw new IllegalStateException("lane loop: " + reasonAgainst());
        }
    }

    /** Why this lane cannot be used here; empty if it can. */
    public static String reasonAgainst() {
        return VirtualThreads.reasonAgainstLoops();
    }

    @Override
    public String name() {
        return "loop";
    }

    @Override
    public void execute(EventLoop loop, LaneTask task) {
        Mounting mounting = new Mounting(loop, task);
        Thread thread = VirtualThreads.on(mounting, loop.name() + "/" + task.label(), task);
        mounting.thread = thread;
        thread.start();
    }

    /** The scheduler of one virtual thread, which those that it starts inherit. */
    private static final class Mounting implements Executor, Runnable {
        private final EventLoop loop;
        private final LaneTask task;
        private Thread thread = Thread.currentThread();
        private @Nullable Runnable continuation;

        Mounting(EventLoop loop, LaneTask task) {
            this.loop = loop;
            this.task = task;
        }

        /**
         * The JDK hands over the same continuation of a thread each time, and never twice before it has run; the first is that of the
         * lane's own thread, which is started before it can start others.
         */
        @Override
        public void execute(Runnable next) {
            if (continuation == null) {
                continuation = next;
            }
            if (continuation == next) {
                loop.mount(thread, this);
            } else {
                VirtualThreads.usualScheduler().execute(next);
            }
        }

        @Override
        public void run() {
            boolean exact = task.exact();
            long start = HoldClock.now(exact);
            Objects.requireNonNull(continuation).run();
            task.held(HoldClock.now(exact) - start);
        }
    }
}
