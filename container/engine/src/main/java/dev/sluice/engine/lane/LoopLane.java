package dev.sluice.engine.lane;

import dev.sluice.engine.http.EventLoop;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread for each task, mounted in the same turn by the loop of its connection. When it blocks it unmounts and the loop goes on; it
 * continues on the same loop, or elsewhere if the loop does not come to it: see {@link SpareCarrier}. Virtual threads that it starts run
 * where they do on every other server: on the JDK's own scheduler.
 */
public final class LoopLane implements Lane {
    /** Fails if {@link #reasonAgainst} has a reason. */
    public LoopLane() {
        if (!reasonAgainst().isEmpty()) {
            throw new IllegalStateException("lane loop: " + reasonAgainst());
        }
        rehearse();
    }

    /**
     * Loads and runs now what continuations that wait will need: the loop that they wait for may be in the middle of loading a class, and
     * keep everybody else from it.
     */
    private static void rehearse() {
        try {
            MethodHandles.lookup().ensureInitialized(Queued.class);
            SpareCarrier.watch(new Rehearsal());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a class of our own cannot be initialized", e);
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
    private static final class Mounting implements Executor, EventLoop.Mountable {
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
                if (loop.mount(this)) { // It has not run yet, so it holds no lock that the loop may have to wait for.
                    return;
                }
            }
            if (continuation != next) {
                VirtualThreads.usualScheduler().execute(next);
            } else {
                queue();
            }
        }

        private void queue() {
            Queued queued = new Queued(this);
            try {
                if (!loop.mount(queued)) {
                    loop.execute(queued);
                }
                SpareCarrier.watch(queued);
            } catch (RejectedExecutionException stopped) {
                queued.elsewhere();
            }
        }

        private void elsewhere() {
            task.leavesLoop();
            VirtualThreads.usualScheduler().execute(Objects.requireNonNull(continuation));
        }

        @Override
        public Thread thread() {
            return thread;
        }

        @Override
        public boolean take() {
            return true;
        }

        @Override
        public void leftBehind() {
            task.leftBehind();
        }

        @Override
        public void proceed() {
            boolean exact = task.exact();
            long start = HoldClock.now(exact);
            Objects.requireNonNull(continuation).run();
            task.held(HoldClock.now(exact) - start);
        }
    }

    /**
     * A continuation that waits for its loop: as a task if another thread has woken it, and for the top level then. The first who takes
     * it runs it.
     */
    private static final class Queued extends SpareCarrier.Watched implements EventLoop.Mountable, Runnable {
        private final Mounting mounting;

        Queued(Mounting mounting) {
            this.mounting = mounting;
        }

        @Override
        public Thread thread() {
            return mounting.thread;
        }

        @Override
        public void proceed() {
            mounting.proceed();
        }

        @Override
        public void leftBehind() {
            mounting.leftBehind();
        }

        /** As a task of the loop. */
        @Override
        public void run() {
            if (!loop().mount(this)) {
                throw new IllegalStateException("a task of " + loop() + " runs on " + Thread.currentThread());
            }
        }

        private EventLoop loop() {
            return mounting.loop;
        }

        @Override
        void goElsewhere() {
            mounting.elsewhere();
        }
    }

    /** What goes elsewhere for the sake of going there. */
    private static final class Rehearsal extends SpareCarrier.Watched {
        @Override
        void goElsewhere() {
            VirtualThreads.usualScheduler().execute(() -> {});
        }
    }
}
