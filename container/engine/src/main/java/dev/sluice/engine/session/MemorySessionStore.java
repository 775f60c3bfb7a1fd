package dev.sluice.engine.session;

import java.util.ArrayList;
import java.util.List;

/** Keeps sessions in this process: they outlive a redeploy, not a restart. Safe for use by many threads. */
public final class MemorySessionStore implements SessionStore {
    private final List<StoredSession> kept = new ArrayList<>();

    @Override
    public synchronized void save(List<StoredSession> sessions) {
        kept.addAll(sessions);
    }

    @Override
    public synchronized List<StoredSession> take() {
        List<StoredSession> all = List.copyOf(kept);
        kept.clear();
        return all;
    }
}
