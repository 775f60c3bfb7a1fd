package dev.sluice.engine.websocket;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Runs tasks one after the other, in the order they came, on another executor. Any thread. */
final class SerialExecutor implements Executor {
    private static final System.Logger LOG = System.getLogger(SerialExecutor.class.getName());

    private final Executor executor;
    /** Guarded by this. */
    private final Queue<Runnable> tasks = new ArrayDeque<>(4);
    /** Guarded by this. */
    private boolean running;

    SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            // The lanes are closed: the server has stopped, and no application code runs any more.
            LOG.log(System.Logger.Level.DEBUG, "a WebSocket event was dropped", e);
            giveUp();
        }
    }

    private synchronized void giveUp() {
        tasks.clear();
        running = false;
    }

    private void drain() {
        for (Runnable task; (task = next()) != null; ) {
            task.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable task = tasks.poll();
        running = task != null;
        return task;
    }
}
