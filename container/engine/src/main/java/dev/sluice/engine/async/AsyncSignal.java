package dev.sluice.engine.async;

/** What can happen to a request's processing. */
public enum AsyncSignal {
    /** The application called {@code startAsync}. */
    START("startAsync()"),
    /** The application called one of the {@code dispatch} methods. */
    DISPATCH("dispatch()"),
    /** The application called {@code complete}. */
    COMPLETE("complete()"),
    /** What the container ran has returned, or a job that the machine asked for begins. */
    RETURN("the return to the container"),
    /** The timeout has passed. */
    TIMEOUT("the timeout"),
    /** What the container ran has thrown, or a task of the request beside it. */
    ERROR("an error"),
    /** The connection was lost while nothing of the request ran. */
    DISCONNECT("the loss of the connection");

    private final String words;

    AsyncSignal(String words) {
        this.words = words;
    }

    /** How an error message names it. */
    public String words() {
        return words;
    }
}
