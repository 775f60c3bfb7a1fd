package dev.sluice.engine.http.http2;

import java.time.Duration;

/** The loop of a connection, as far as HTTP/2 needs it. */
public interface Loop {
    /** Runs the task on the loop's own thread as early as possible; at once if that is the current thread. */
    void soon(Runnable task);

    /**
     * Runs the task on the loop later.
     *
     * @return takes it back
     * @throws java.util.concurrent.RejectedExecutionException after the transport was closed
     */
    Runnable after(Duration delay, Runnable task);
}
