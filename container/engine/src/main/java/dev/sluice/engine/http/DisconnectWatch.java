package dev.sluice.engine.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the exchanges of one loop that last, and lets their guards watch for clients that go away. A request that is answered between two
 * ticks costs nothing but its place in the list. On the loop only.
 */
final class DisconnectWatch {
    private static final Duration TICK = Duration.ofMillis(100);

    private final EventLoop loop;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private boolean ticking;

    /** Something that can lose its client while nobody reads. */
    interface Watched {
        /** The exchange that is open there; null if none is. */
        @Nullable
        HttpExchange current();

        /** The exchange has been open for a while; asked at each tick. */
        void watch(HttpExchange exchange);

        /** It is not in the list any more. */
        void unlisted();
    }

    /** A connection with an open exchange, and the exchange that was seen there at the last tick. */
    private static final class Entry {
        private final Watched watched;
        private @Nullable HttpExchange seen;

        Entry(Watched watched) {
            this.watched = watched;
        }
    }

    DisconnectWatch(EventLoop loop) {
        this.loop = loop;
    }

    /** The exchange of this connection has not ended in the turn that began it. */
    void add(Watched watched) {
        entries.add(new Entry(watched));
        if (!ticking) {
            ticking = true;
            schedule();
        }
    }

    private void schedule() {
        try {
            loop.schedule(TICK, this::tick);
        } catch (RejectedExecutionException e) {
            ticking = false; // The loop ends.
        }
    }

    private void tick() {
        try {
            for (int count = entries.size(); count > 0; count--) {
                look(entries.removeFirst());
            }
        } finally {
            ticking = !entries.isEmpty();
            if (ticking) {
                schedule();
            }
        }
    }

    private void look(Entry entry) {
        HttpExchange now = entry.watched.current();
        if (now == null) {
            entry.watched.unlisted();
            return;
        }
        boolean lasts = now == entry.seen;
        entry.seen = now;
        entries.addLast(entry); // There is room: it was just taken out.
        if (lasts) {
            entry.watched.watch(now);
        }
    }
}
