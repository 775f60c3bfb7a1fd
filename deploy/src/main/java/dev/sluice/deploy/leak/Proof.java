package dev.sluice.deploy.leak;

import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects as old as a loader, let go of one after the other: when one of them is collected, a collection has looked at what is that old
 * since. One that is only softly reachable tells the same of what caches hold softly: the JVM clears soft references by their age and the
 * free heap, those that were used last at the end.
 */
final class Proof {
    private final List<Object> kept = new ArrayList<>();
    private final List<WeakReference<Object>> released = new ArrayList<>();
    private final SoftReference<Object> soft;
    /** Keeps {@link #soft} until the first release. */
    private final Object[] softlyKept = {new Object()};

    /** Keeps this many objects. */
    Proof(int count) {
        for (int i = 0; i < count; i++) {
            kept.add(new Object());
        }
        soft = new SoftReference<>(softlyKept[0]);
    }

    /** Lets go of one. */
    synchronized void release() {
        if (!kept.isEmpty()) {
            released.add(new WeakReference<>(kept.remove(kept.size() - 1)));
        }
        if (released.size() == 1) {
            soft.get(); // used last now
            softlyKept[0] = "released";
        }
    }

    /** Whether collections have looked since each release. */
    synchronized boolean collected() {
        return released.stream().allMatch(each -> each.get() == null);
    }

    /** Whether a collection has cleared what was softly reachable since the first release. */
    boolean softlyCollected() {
        return soft.refersTo(null);
    }
}
