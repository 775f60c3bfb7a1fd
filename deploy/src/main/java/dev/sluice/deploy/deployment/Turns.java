package dev.sluice.deploy.deployment;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** How many may do something at the same time, in the order in which they came. Any thread. */
final class Turns {
    private final Semaphore free;

    Turns(int count) {
        free = new Semaphore(count, true);
    }

    /** Waits for a turn. */
    Turn take() throws InterruptedException {
        free.acquire();
        return new Turn();
    }

    /** A turn that was taken. */
    final class Turn implements AutoCloseable {
        private final AtomicBoolean given = new AtomicBoolean();

        /** Gives the turn to the next one; later calls have no effect. */
        @Override
        public void close() {
            if (given.compareAndSet(false, true)) {
                free.release();
            }
        }
    }
}
