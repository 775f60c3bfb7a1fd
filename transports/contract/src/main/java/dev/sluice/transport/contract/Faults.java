package dev.sluice.transport.contract;

import java.util.Random;

/**
 * Decides what goes wrong, from a seed that is printed, so that a failure can be repeated with {@code -Dsluice.seed=N}. Nothing that it does
 * loses bytes: writes are partial or refused, reads short or empty, readiness comes late.
 */
final class Faults {
    private final Random random;

    private Faults(long seed) {
        this.random = new Random(seed);
    }

    static Faults fromSeed() {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("fault injection with seed " + seed);
        return new Faults(seed);
    }

    /** How many of these bytes may be moved now; 0 means try again later. */
    synchronized int allowed(int bytes) {
        int dice = random.nextInt(10);
        if (dice < 2) {
            return 0;
        }
        return dice < 6
                ? Math.min(bytes, 1 + random.nextInt(32))
                : dice < 8 ? 1 + random.nextInt(Math.max(1, bytes)) : bytes;
    }

    /** Milliseconds that an event comes late; mostly 0. */
    synchronized int delayMillis() {
        return random.nextInt(20) == 0 ? 1 + random.nextInt(3) : 0;
    }
}
