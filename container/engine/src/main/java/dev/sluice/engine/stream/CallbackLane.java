package dev.sluice.engine.stream;

/** Where the listeners of a non-blocking stream are called. */
public interface CallbackLane {

    /**
     * Runs a job when nothing else of the request runs on a thread of the container, in the order of the calls; never before this method has
     * returned.
     */
    void run(Runnable job);

    /** True in asynchronous mode and after an upgrade: only then may a listener be set (Servlet 6.1, 3.7). */
    boolean nonBlockingAllowed();
}
