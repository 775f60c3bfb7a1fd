package dev.sluice.engine.security;

import dev.sluice.engine.session.Session;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests that wait for a login by FORM, of all applications that share it: anybody can make them, so there is a bound on their number
 * and on their bytes. Beyond it the one that has waited longest goes: it is forgotten, and its session ends if it was made for the login
 * alone. Safe for use by many threads.
 */
public final class WaitingLogins {
    private final Limits limits;
    private final Map<Session, Waiting> waiting = new LinkedHashMap<>();
    private long bytes;
    private long dropped;

    public WaitingLogins(Limits limits) {
        this.limits = limits;
    }

    /**
     * How much may wait.
     *
     * @param most requests, each with its session
     * @param bytes of all of them together
     */
    public record Limits(int most, long bytes) {
        /** 10,000 requests, 8 MiB. */
        public static final Limits DEFAULT = new Limits(10_000, 8L << 20);

        public Limits {
            if (most < 1 || bytes < 1) {
                throw new IllegalArgumentException("most: " + most + ", bytes: " + bytes + " (expected: >= 1 each)");
            }
        }
    }

    /**
     * Figures for the metrics.
     *
     * @param waiting requests that wait now
     * @param bytes that they hold
     * @param dropped requests that went because there were too many, since the start
     */
    public record Statistics(int waiting, long bytes, long dropped) {}

    /** A request waits in a session, in the place of one that waited there before. */
    void add(Session session, SavedRequest request, boolean sessionOfLogin) {
        Waiting added = new Waiting(request.size(), sessionOfLogin, () -> remove(session));
        List<Map.Entry<Session, Waiting>> gone = new ArrayList<>();
        synchronized (this) {
            remove(session);
            waiting.put(session, added);
            bytes += added.bytes;
            Iterator<Map.Entry<Session, Waiting>> oldest = waiting.entrySet().iterator();
            while (waiting.size() > limits.most || bytes > limits.bytes && waiting.size() > 1) {
                Map.Entry<Session, Waiting> entry = oldest.next();
                gone.add(Map.entry(entry.getKey(), entry.getValue()));
                oldest.remove();
                bytes -= entry.getValue().bytes;
                dropped++;
            }
        }
        session.onEnd(added.end);
        for (Map.Entry<Session, Waiting> entry : gone) {
            Session old = entry.getKey();
            old.removeOnEnd(entry.getValue().end);
            old.notes().remove(FormMechanism.SAVED);
            if (entry.getValue().sessionOfLogin) {
                old.endUnused();
            }
        }
    }

    /** Nothing waits in this session any more. */
    synchronized void remove(Session session) {
        Waiting removed = waiting.remove(session);
        if (removed != null) {
            bytes -= removed.bytes;
            session.removeOnEnd(removed.end);
        }
    }

    /** Figures as they are now. */
    public synchronized Statistics statistics() {
        return new Statistics(waiting.size(), bytes, dropped);
    }

    private record Waiting(long bytes, boolean sessionOfLogin, Runnable end) {}
}
