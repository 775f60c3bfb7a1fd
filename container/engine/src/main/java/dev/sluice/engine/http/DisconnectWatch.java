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
    private ArrayDeque<Entry> entries = new ArrayDeque<>();
    private boolean ticking;

    /** A connection with an open exchange, and the exchange that was seen there at the last tick. */
    private static final class Entry {
        private final RequestGuard guard;
        private @Nullable HttpExchange seen;

        Entry(RequestGuard guard) {
            this.guard = guard;
        }
    }

    DisconnectWatch(EventLoop loop) {
        this.loop = loop;
    }

    /** The exchange of this connection has not ended in the turn that began it. */
    void add(RequestGuard guard) {
        entries.add(new Entry(guard));
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
        ArrayDeque<Entry> lasting = new ArrayDeque<>();
        for (Entry entry : entries) {
            HttpExchange now = entry.guard.current();
            if (now != null && now == entry.seen) {
                entry.guard.watch(now);
            }
            if (now != null) {
                entry.seen = now;
                lasting.add(entry);
            } else {
                entry.guard.unlisted();
            }
        }
        entries = lasting;
        ticking = !lasting.isEmpty();
        if (ticking) {
            schedule();
        }
    }
}
