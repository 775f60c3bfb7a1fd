package dev.sluice.transport.loop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A warning that may have its reason many times a second: told at once, and then at most every ten seconds with the count. Any thread. */
final class SparseWarning {
    static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanos;
    private final Consumer<String> log;
    private final LongAdder untold = new LongAdder();
    private final AtomicLong next;

    SparseWarning(LongSupplier nanos, Consumer<String> log) {
        this.nanos = nanos;
        this.log = log;
        this.next = new AtomicLong(nanos.getAsLong());
    }

    void tell(String text) {
        long due = next.get();
        long now = nanos.getAsLong();
        if (now - due < 0 || !next.compareAndSet(due, now + PAUSE_NANOS)) {
            untold.increment();
            return;
        }
        long more = untold.sumThenReset();
        log.accept(more == 0 ? text : text + "; " + more + " times more since the last such line");
    }
}
