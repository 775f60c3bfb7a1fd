package dev.sluice.engine.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections that may have to make room, the longest idle one first. To look at all of them each time would cost more than what it
 * protects from, so one look finds several. Any thread.
 */
final class IdleConnections {
    private static final int AT_ONCE = 64;

    private final Set<Evictable> all = ConcurrentHashMap.newKeySet();
    private final ArrayDeque<Candidate> candidates = new ArrayDeque<>();

    private record Candidate(Evictable connection, long since) {}

    void add(Evictable connection) {
        all.add(connection);
    }

    void remove(Evictable connection) {
        all.remove(connection);
    }

    /** Closes the connection that is idle for longest, soon; false if none is idle. */
    boolean makeRoom() {
        Candidate longest = longest();
        if (longest == null) {
            return false;
        }
        longest.connection().makeRoom(longest.since(), this::makeRoom);
        return true;
    }

    private synchronized @Nullable Candidate longest() {
        for (boolean looked = false; ; looked = true) {
            for (Candidate candidate; (candidate = candidates.poll()) != null; ) {
                if (all.contains(candidate.connection())
                        && candidate.connection().idleSince() == candidate.since()) {
                    all.remove(candidate.connection()); // it is closed only once
                    return candidate;
                }
            }
            if (looked) {
                return null;
            }
            look();
        }
    }

    private void look() {
        long now = System.nanoTime();
        List<Candidate> idle = new ArrayList<>();
        for (Evictable connection : all) {
            long since = connection.idleSince();
            if (since != Evictable.BUSY) {
                idle.add(new Candidate(connection, since));
            }
        }
        idle.sort(Comparator.comparingLong(candidate -> candidate.since() - now));
        candidates.addAll(idle.subList(0, Math.min(AT_ONCE, idle.size())));
    }
}
