package dev.sluice.engine.session;

import java.io.IOException;
import java.util.List;

/**
 * Where the sessions of one application are while it is stopped: a service to implement for other places than memory
 * and files. Called by one thread at a time.
 */
public interface SessionStore {

    /** Keeps these sessions besides those already kept. */
    void save(List<StoredSession> sessions) throws IOException;

    /**
     * Gives all sessions back. What it gave may be given once more only if the process ends before the next {@link #save}, and without those
     * that were {@link #forget forgotten}.
     */
    List<StoredSession> take() throws IOException;

    /** A session that was taken has ended, or lives on with another id: it is never given back. Called by any thread. */
    default void forget(String id) throws IOException {}
}
