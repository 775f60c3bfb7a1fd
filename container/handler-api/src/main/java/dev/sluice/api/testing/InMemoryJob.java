package dev.sluice.api.testing;

import dev.sluice.api.Job;
import dev.sluice.api.JobContext;
import dev.sluice.api.Template;
import java.util.IdentityHashMap;
import java.util.Map;

/** A job with the forks that it keeps from run to run. */
final class InMemoryJob implements JobContext {
    private final String name;
    private final Job job;
    private final Map<Template<?>, Object> forks = new IdentityHashMap<>();
    private volatile boolean cancelled;

    InMemoryJob(String name, Job job) {
        this.name = name;
        this.job = job;
    }

    synchronized void run() throws Exception {
        job.run(this);
    }

    void cancel() {
        cancelled = true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T fork(Template<T> template) {
        return (T) forks.computeIfAbsent(template, InMemory.InMemoryTemplate::fork);
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }
}
