package dev.sluice.api;

/** Work of the application that runs on a schedule. The runs of one job never overlap. */
@FunctionalInterface
public interface Job {
    /**
     * Runs once.
     *
     * @throws Exception anything: it is logged, and the job runs again when it is due
     */
    void run(JobContext context) throws Exception;
}
