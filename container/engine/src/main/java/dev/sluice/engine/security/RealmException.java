package dev.sluice.engine.security;

/** A realm could not be asked: the database or the directory is away. The request is answered with 500. */
public final class RealmException extends Exception {
    private static final long serialVersionUID = 1L;

    public RealmException(String message, Throwable cause) {
        super(message, cause);
    }
}
