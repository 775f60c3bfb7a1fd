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

    /** Gives all sessions back and forgets them. */
    List<StoredSession> take() throws IOException;
}
