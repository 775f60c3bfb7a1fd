package dev.sluice.engine.application;

import dev.sluice.engine.http.HttpExchange;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One request in an application, from the permit to the return of the application's code.
 *
 * <pre>
 * RUNNING --handle() returns--------------------------> FINISHED
 *    |                                                     ^
 *    +--detach()--> DETACHED --handle() returns, finished()+
 * </pre>
 *
 * <p>{@link #cancelled}, {@link #onCancel}, {@link #executor}, {@link #schedule}, {@link #finished} and {@link #fail} may be called from
 * any thread; the rest from the thread that runs the application's code.
 */
public final class Call {
    private static final VarHandle FINISHED;

    static {
        try {
            FINISHED = MethodHandles.lookup().findVarHandle(Call.class, "finished", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final HttpExchange exchange;
    private final Application application;
    private final String requestId;
    private final CallOwner owner;
    private final long deadlineNanos;
    private final Object lock = new Object();

    private @Nullable Target target; // found on the loop, before the application's code is entered
    private volatile @Nullable CallContext context;
    private @Nullable Deque<Runnable> cancelActions;
    private volatile boolean cancelled;
    private volatile boolean detached;

    @SuppressWarnings("unused") // through FINISHED
    private volatile boolean finished;

    /**
     * Made by the gate.
     *
     * @param deadlineNanos {@link System#nanoTime} when the answer is overdue; 0 for never
     */
    public Call(HttpExchange exchange, Application application, String requestId, long deadlineNanos, CallOwner owner) {
        this.exchange = exchange;
        this.application = application;
        this.requestId = requestId;
        this.deadlineNanos = deadlineNanos;
        this.owner = owner;
    }

    /** The request and its response. */
    public HttpExchange exchange() {
        return exchange;
    }

    /** The view of this call that the application gets; the same each time, for the threads of an asynchronous request too. */
    public CallContext handlerContext() {
        CallContext known = context;
        return known != null ? known : makeContext();
    }

    private CallContext makeContext() {
        synchronized (lock) {
            CallContext known = context;
            if (known == null) {
                known = new CallContext(this);
                context = known;
            }
            return known;
        }
    }

    /** The application that handles it. */
    public Application application() {
        return application;
    }

    /** What the request goes to in its application: found when it is asked for first, by the gate on the loop. */
    public Target target() {
        Target known = target;
        if (known == null) {
            known = application.target(exchange);
            target = known;
        }
        return known;
    }

    /** The client's X-Request-Id if it was acceptable, otherwise a new one. */
    public String requestId() {
        return requestId;
    }

    /** {@link System#nanoTime} when the answer is overdue; 0 for never. */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /** Whether nobody waits for the answer any more. */
    public boolean cancelled() {
        return cancelled;
    }

    /** Runs the action once when the request is cancelled, or at once if it already is. It must not block. */
    public Cancellation onCancel(Runnable action) {
        synchronized (lock) {
            if (!cancelled) {
                if (cancelActions == null) {
                    cancelActions = new ArrayDeque<>(2);
                }
                cancelActions.add(action);
                return () -> withdraw(action);
            }
        }
        action.run();
        return () -> false;
    }

    private boolean withdraw(Runnable action) {
        synchronized (lock) {
            return cancelActions != null && cancelActions.remove(action);
        }
    }

    /** Cancels; the gate's business. Each action runs even if another throws; the first failure is thrown at the end. */
    public void cancel() {
        Deque<Runnable> actions;
        synchronized (lock) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            actions = cancelActions;
            cancelActions = null;
        }
        if (actions == null) {
            return;
        }
        Throwable first = null;
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first instanceof Error error) {
            throw error;
        } else if (first != null) {
            throw (RuntimeException) first;
        }
    }

    /** The request goes on after {@link Application#handle} returns, until {@link #finished}. */
    public void detach() {
        detached = true;
    }

    /** Whether {@link #detach} was called. */
    public boolean detached() {
        return detached;
    }

    /** The application's code is over and will not be called again for this request. Later calls have no effect. */
    public void finished() {
        if (FINISHED.compareAndSet(this, false, true)) {
            owner.finished(this);
        }
    }

    /** Whether {@link #finished} was called. */
    public boolean isFinished() {
        return finished;
    }

    /** Runs application code of this request on its lane; who calls sees to it that two do not run at once. */
    public Executor executor() {
        return owner.executor(this);
    }

    /** The same as {@link #executor}, but on a lane where code may block even if the request's own is inline. */
    public Executor blockingExecutor() {
        return owner.blockingExecutor(this);
    }

    /** The same as {@code executor().execute(action)}. */
    public void run(Runnable action) {
        executor().execute(action);
    }

    /** Runs the action on the loop after a delay; it must not block. */
    public Cancellation schedule(Duration delay, Runnable action) {
        return owner.schedule(this, delay, action);
    }

    /** Application code threw: 500 if no head was sent, otherwise the connection is broken off; logged once. */
    public void fail(Throwable failure) {
        owner.failed(this, failure);
    }

    /** Application code threw, and the application answers with an error page of its own: counted, logged once. */
    public void note(Throwable failure) {
        owner.noted(this, failure);
    }

    /** Whether the server shows stack traces to clients. */
    public boolean development() {
        return owner.development();
    }

    @Override
    public String toString() {
        return exchange + " [" + requestId + "] in " + application.name();
    }
}
