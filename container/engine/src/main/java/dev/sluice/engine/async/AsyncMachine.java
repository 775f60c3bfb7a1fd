package dev.sluice.engine.async;

import static dev.sluice.engine.async.AsyncState.COMPLETED;
import static dev.sluice.engine.async.AsyncState.COMPLETE_DUE;
import static dev.sluice.engine.async.AsyncState.DISPATCH_DUE;
import static dev.sluice.engine.async.AsyncState.ERROR_DISPATCHED;
import static dev.sluice.engine.async.AsyncState.FAILING;
import static dev.sluice.engine.async.AsyncState.RUNNING;
import static dev.sluice.engine.async.AsyncState.STARTED;
import static dev.sluice.engine.async.AsyncState.TIMING_OUT;
import static dev.sluice.engine.async.AsyncState.WAITING;

import org.jspecify.annotations.Nullable;

/**
 * The one state machine of a request's processing (Servlet 6.1, 2.3.3.3 and figure 2-1).
 *
 * <pre>
 *                 START                 RETURN
 *  RUNNING ------------------> STARTED ---------> WAITING --TIMEOUT--> TIMING_OUT --+
 *   ^   |                       | | |              | | |                            | RETURN
 *   |   | RETURN          ERROR | | | DISC., ERROR | | |                            v
 *   |   |                       v | |              v | |                     ERROR_DISPATCHED
 *   |   |                 FAILING-|-|----- RETURN ---|-|---------------------->     |
 *   |   |                         | |                | |                            | RETURN
 *   |   |  (DISPATCH from every state in which the application may act)             |
 *   +---|------ RETURN ---- DISPATCH_DUE                                            |
 *       |                                                                           |
 *       |  (COMPLETE from every state in which the application may act)             |
 *       |                   COMPLETE_DUE                                            |
 *       |                         | RETURN                                          |
 *       +-------------------> COMPLETED <-------------------------------------------+
 * </pre>
 *
 * Every signal may come from any thread; the machine is its own lock, and never calls out. The action that a transition returns is carried
 * out by the thread that sent the signal.
 */
public final class AsyncMachine {
    private AsyncState state = RUNNING;

    /** The state at this moment. */
    public synchronized AsyncState state() {
        return state;
    }

    /**
     * Makes a transition.
     *
     * @return what the caller has to do now
     * @throws IllegalStateException if the application may not do this now; the message names the state and the signal
     */
    public synchronized AsyncAction signal(AsyncSignal signal) {
        Step step = next(state, signal);
        if (step == null) {
            throw new IllegalStateException("The request is " + state + ": " + signal.words()
                    + " is not allowed now (expected: " + expectation(signal) + ")");
        }
        state = step.to;
        return step.action;
    }

    /** The transition function; null: illegal. */
    static @Nullable Step next(AsyncState from, AsyncSignal signal) {
        return switch (signal) {
            case START -> from == RUNNING ? new Step(STARTED, AsyncAction.NONE) : null;
            case DISPATCH -> from.open() ? new Step(DISPATCH_DUE, actionFrom(from)) : null;
            case COMPLETE -> from.open() ? new Step(COMPLETE_DUE, actionFrom(from)) : null;
            case RETURN -> onReturn(from);
            case TIMEOUT -> whileWaiting(from, new Step(TIMING_OUT, AsyncAction.NOTIFY_TIMEOUT));
            case DISCONNECT -> whileWaiting(from, new Step(FAILING, AsyncAction.NOTIFY_ERROR));
            case ERROR -> onError(from);
        };
    }

    private static AsyncAction actionFrom(AsyncState from) {
        return from == WAITING ? AsyncAction.SCHEDULE : AsyncAction.NONE;
    }

    private static Step whileWaiting(AsyncState from, Step step) {
        return from == WAITING ? step : new Step(from, AsyncAction.NONE);
    }

    private static Step onReturn(AsyncState from) {
        return switch (from) {
            case RUNNING, ERROR_DISPATCHED, COMPLETE_DUE -> new Step(COMPLETED, AsyncAction.FINISH);
            case STARTED -> new Step(WAITING, AsyncAction.WAIT);
            case DISPATCH_DUE -> new Step(RUNNING, AsyncAction.DISPATCH);
            case TIMING_OUT, FAILING -> new Step(ERROR_DISPATCHED, AsyncAction.ERROR_DISPATCH);
            case WAITING, COMPLETED -> new Step(from, AsyncAction.NONE);
        };
    }

    private static Step onError(AsyncState from) {
        return switch (from) {
            case STARTED, DISPATCH_DUE, WAITING -> new Step(FAILING, AsyncAction.NOTIFY_ERROR);
            case RUNNING, TIMING_OUT, FAILING, ERROR_DISPATCHED, COMPLETE_DUE, COMPLETED ->
                new Step(from, AsyncAction.NONE);
        };
    }

    private static String expectation(AsyncSignal signal) {
        return signal == AsyncSignal.START
                ? "once in each dispatch, before complete() or dispatch()"
                : "after startAsync() and at most once until the next startAsync()";
    }

    /** A transition: the state after it and what to do. */
    record Step(AsyncState to, AsyncAction action) {}
}
