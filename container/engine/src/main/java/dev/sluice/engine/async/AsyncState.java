package dev.sluice.engine.async;

/**
 * The states of a request's processing (Servlet 6.1, 2.3.3.3). "The container runs" means that a dispatch or a group of listeners of this
 * request is on a thread of the container and has not returned.
 */
public enum AsyncState {
    /** The container runs a dispatch; asynchronous mode is not on. */
    RUNNING,
    /** {@code startAsync} was called; the dispatch that called it has not returned. */
    STARTED,
    /** The dispatch has returned; the application may go on from any thread; the timeout runs. */
    WAITING,
    /** The container runs the {@code onTimeout} listeners. */
    TIMING_OUT,
    /** The container runs the {@code onError} listeners. */
    FAILING,
    /** The container runs the error dispatch after a timeout or an error that no listener dealt with. */
    ERROR_DISPATCHED,
    /** {@code dispatch} was called; the container begins it when nothing of the request runs. */
    DISPATCH_DUE,
    /** {@code complete} was called; the container completes when nothing of the request runs. */
    COMPLETE_DUE,
    /** Over; the response is closed or about to be. */
    COMPLETED;

    /** {@code isAsyncStarted}: on until the container has taken notice of {@code dispatch} or {@code complete}. */
    public boolean started() {
        return this != RUNNING && this != COMPLETED;
    }

    /** The application may still use the asynchronous context's request and response. */
    public boolean open() {
        return this == STARTED || this == WAITING || this == TIMING_OUT || this == FAILING || this == ERROR_DISPATCHED;
    }
}
