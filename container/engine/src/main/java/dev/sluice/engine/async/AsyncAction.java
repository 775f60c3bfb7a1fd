package dev.sluice.engine.async;

/** What the container must do after a transition. */
public enum AsyncAction {
    /** Nothing. */
    NONE,
    /** Start the timeout and give the thread back. */
    WAIT,
    /** Run a job on the request's lane that signals {@link AsyncSignal#RETURN}. */
    SCHEDULE,
    /** Begin the dispatch that was asked for. */
    DISPATCH,
    /** Call the {@code onTimeout} listeners, then signal {@link AsyncSignal#RETURN}. */
    NOTIFY_TIMEOUT,
    /** Call the {@code onError} listeners, then signal {@link AsyncSignal#RETURN}. */
    NOTIFY_ERROR,
    /** Make the error dispatch with status 500, then signal {@link AsyncSignal#RETURN}. */
    ERROR_DISPATCH,
    /** The request is over: call the {@code onComplete} listeners if there were cycles, close the response. */
    FINISH
}
