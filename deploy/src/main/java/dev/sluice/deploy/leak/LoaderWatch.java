package dev.sluice.deploy.leak;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches the class loaders of applications. One that was closed should be collected; one that is still there after a while, and
 * after collections were asked for twice, is a leak: it is reported once, with who holds it as far as can be seen. Twice, because what a
 * thread or a connection held only until its next use may survive the first. The second time asks again and again: a concurrent collection
 * of G1 takes for alive what survived in the young generation, from where it is promoted after 15 collections at the latest
 * (MaxTenuringThreshold). All methods may be called from any thread; {@link #check} by one at a time.
 */
public final class LoaderWatch {
    private static final System.Logger LOG = System.getLogger(LoaderWatch.class.getName());
    private static final int TIMES_ASKED = 2;
    private static final int MOST_COLLECTIONS = 17;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final Duration patience;
    private final Clock clock;
    private final Runnable collector;

    /**
     * Watches nothing yet.
     *
     * @param patience how long a closed loader may stay before each collection that is asked for, and after them before it is a leak
     * @param collector asks for a collection
     */
    public LoaderWatch(Duration patience, Clock clock, Runnable collector) {
        this.patience = patience;
        this.clock = clock;
        this.collector = collector;
    }

    /** Where a loader stands. */
    public enum Fate {
        /** Its application runs. */
        LIVE,
        /** Its application is gone, and it should be collected soon. */
        CLOSED,
        /** Its application is gone, and it stayed. */
        LEAKED
    }

    /**
     * A loader that was not collected yet.
     *
     * @param application whose loader it is
     * @param fate where it stands
     * @param closedAt when the application ended, or null
     * @param holders who holds it, as far as can be seen; only for leaks
     */
    public record Loader(
            String application, Fate fate, @Nullable Instant closedAt, List<String> holders) {}

    /** A handle on a watched loader that does not hold it. */
    public static final class Watched {
        private final String application;
        private final PhantomReference<ClassLoader> phantom;
        private final WeakReference<ClassLoader> loader;
        private volatile @Nullable Instant closedAt;
        private volatile @Nullable Instant askedAt;
        private final Proof proof = new Proof(1 + TIMES_ASKED);
        private volatile Supplier<List<String>> left = List::of;
        private int asked; // only check uses it, and what follows
        private Duration pause = Duration.ZERO;
        private volatile @Nullable List<String> holders;

        private Watched(String application, ClassLoader loader, ReferenceQueue<ClassLoader> queue) {
            this.application = application;
            this.phantom = new PhantomReference<>(loader, queue);
            this.loader = new WeakReference<>(loader);
        }

        /** What of the container may still hold the loader, such as requests that have not returned; it must not hold the loader itself. */
        public void heldBy(Supplier<List<String>> container) {
            left = container;
        }
    }

    /** Begins to watch the loader of an application. */
    public Watched watch(String application, ClassLoader loader) {
        Watched entry = new Watched(application, loader, collected);
        watched.add(entry);
        return entry;
    }

    /** The application is over: from now on its loader should be collected. */
    public void closed(Watched entry) {
        entry.proof.release();
        entry.closedAt = clock.instant();
    }

    /**
     * Notices collected loaders, asks for a collection if one is overdue, and reports leaks. Called every few seconds. Nothing is
     * reported before collections are proven; what nobody is seen to hold may be held softly, and is reported only when a collection
     * has cleared such references too, for which the waits become longer.
     */
    public void check() {
        forgetCollected();
        boolean ask = false;
        for (Watched entry : watched) {
            if (entry.holders != null || !overdue(entry)) {
                continue;
            }
            if (entry.asked < TIMES_ASKED) {
                entry.asked++;
                entry.proof.release();
            } else if (entry.proof.collected() && reported(entry)) {
                continue;
            } else {
                entry.pause = longer(entry.pause);
            }
            entry.askedAt = clock.instant();
            ask = true;
        }
        if (ask) {
            collect();
        }
    }

    private Duration longer(Duration pause) {
        return pause.compareTo(patience) < 0
                ? patience
                : pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
    }

    private void forgetCollected() {
        for (Object gone = collected.poll(); gone != null; gone = collected.poll()) {
            Object reference = gone;
            watched.removeIf(entry -> entry.phantom == reference);
        }
    }

    private void collect() {
        collector.run();
        for (int more = 1; more < MOST_COLLECTIONS && lastChance(); more++) {
            collector.run();
            forgetCollected();
        }
    }

    /** Whether a loader would be reported next. */
    private boolean lastChance() {
        return watched.stream()
                .anyMatch(entry -> entry.holders == null && entry.asked == TIMES_ASKED && !entry.proof.collected());
    }

    private boolean overdue(Watched entry) {
        Instant since = entry.asked == 0 ? entry.closedAt : entry.askedAt;
        Duration wait = entry.pause.compareTo(patience) > 0 ? entry.pause : patience;
        return since != null && !clock.instant().isBefore(since.plus(wait));
    }

    /** Whether there is nothing to wait for any more. */
    private static boolean reported(Watched entry) {
        ClassLoader loader = entry.loader.get();
        if (loader == null) {
            return true;
        }
        Holders.Seen seen = Holders.of(loader);
        List<String> holders = new ArrayList<>(entry.left.get());
        holders.addAll(seen.found());
        if (holders.isEmpty() && !entry.proof.softlyCollected()) {
            return false;
        }
        holders.addAll(seen.hidden());
        report(entry, holders);
        return true;
    }

    private static void report(Watched entry, List<String> holders) {
        entry.holders = List.copyOf(holders);
        LOG.log(
                System.Logger.Level.WARNING,
                "the class loader of " + entry.application + " was not collected after the application ended; held by: "
                        + (holders.isEmpty()
                                ? "nobody that can be seen (a heap dump shows the path to it)"
                                : String.join("; ", holders)));
    }

    /** The loaders that were not collected yet, by application. */
    public List<Loader> loaders() {
        List<Loader> all = new ArrayList<>();
        for (Watched entry : watched) {
            List<String> holders = entry.holders;
            Fate fate = holders != null ? Fate.LEAKED : entry.closedAt != null ? Fate.CLOSED : Fate.LIVE;
            all.add(new Loader(entry.application, fate, entry.closedAt, holders == null ? List.of() : holders));
        }
        all.sort(java.util.Comparator.comparing(Loader::application));
        return List.copyOf(all);
    }
}
