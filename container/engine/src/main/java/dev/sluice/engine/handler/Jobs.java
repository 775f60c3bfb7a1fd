package dev.sluice.engine.handler;

import dev.sluice.api.Job;
import dev.sluice.api.JobContext;
import dev.sluice.api.Template;
import dev.sluice.engine.application.PublishedTemplate;
import dev.sluice.fork.Forks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The scheduled jobs of one application, each with a thread and forks of its own. */
final class Jobs implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Jobs.class.getName());
    private static final long STOP_SECONDS = 5;

    /** A job that was registered. */
    record Scheduled(String name, Duration every, Job job) {}

    private final String application;
    private final ScheduledExecutorService executor;
    private volatile boolean stopped;

    private Jobs(String application, ScheduledExecutorService executor) {
        this.application = application;
        this.executor = executor;
    }

    /** Starts the jobs; the first run of each is after its time. */
    static Jobs start(String application, ClassLoader loader, List<Scheduled> scheduled) {
        ScheduledExecutorService executor = Executors.newScheduledThreadPool(scheduled.size(), work -> {
            Thread thread = new Thread(work, "job of " + application);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
        Jobs jobs = new Jobs(application, executor);
        for (Scheduled each : scheduled) {
            Run run = jobs.new Run(each);
            long nanos = each.every().toNanos();
            executor.scheduleWithFixedDelay(run, nanos, nanos, TimeUnit.NANOSECONDS);
        }
        return jobs;
    }

    /** Lets no run begin any more, tells those that run, and waits some seconds for them. */
    @Override
    public void close() {
        stopped = true;
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
                LOG.log(
                        System.Logger.Level.WARNING,
                        "a job of " + application + " runs on " + STOP_SECONDS
                                + " s after the application was stopped; it was interrupted"
                                + " (expected: it looks at JobContext.cancelled())");
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private final class Run implements Runnable, JobContext {
        private final Scheduled scheduled;
        private final Forks forks = Forks.forJob();

        Run(Scheduled scheduled) {
            this.scheduled = scheduled;
        }

        @Override
        public void run() {
            try {
                scheduled.job().run(this);
            } catch (Exception | Error e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "job " + scheduled.name() + " of " + application + " failed; it runs again in "
                                + scheduled.every(),
                        e);
            }
        }

        @Override
        public String name() {
            return scheduled.name();
        }

        @Override
        public <T> T fork(Template<T> template) {
            return PublishedTemplate.fork(forks, template);
        }

        @Override
        public boolean cancelled() {
            return stopped;
        }
    }
}
