package dev.sluice.deploy.server;

import dev.sluice.engine.http.Failures;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** A scheduler that repeats a command also after it has thrown something, such as for want of memory; the JDK's own would not. */
final class LastingScheduler extends ScheduledThreadPoolExecutor {
    private static final Failures REPEATED = new Failures("a repeated task failed; it goes on");

    LastingScheduler(int threads, ThreadFactory factory) {
        super(threads, factory);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long delay, TimeUnit unit) {
        return super.scheduleWithFixedDelay(lasting(command), initial, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initial, long period, TimeUnit unit) {
        return super.scheduleAtFixedRate(lasting(command), initial, period, unit);
    }

    private static Runnable lasting(Runnable command) {
        return () -> {
            try {
                command.run();
            } catch (Throwable e) {
                REPEATED.log(e);
            }
        };
    }
}
