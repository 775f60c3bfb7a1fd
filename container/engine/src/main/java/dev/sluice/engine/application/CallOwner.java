package dev.sluice.engine.application;

import java.time.Duration;
import java.util.concurrent.Executor;

/** The gate's side of a call: what {@link Call} hands on. An application never sees it. */
public interface CallOwner {
    /** Runs application code of this request on its lane. */
    Executor executor(Call call);

    /** The same, on a lane where code may block even if the request's own is inline. */
    Executor blockingExecutor(Call call);

    /** Runs something on the loop's timer. */
    Cancellation schedule(Call call, Duration delay, Runnable action);

    /** Application code is over: the permit goes back, the response is completed. Called once. */
    void finished(Call call);

    /** Application code failed: answers if nobody has, and logs once. */
    void failed(Call call, Throwable failure);

    /** Application code failed, and the application answers itself: counts and logs once. */
    void noted(Call call, Throwable failure);

    /** Whether clients may see stack traces. */
    boolean development();
}
