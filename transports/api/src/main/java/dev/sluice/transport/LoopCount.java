package dev.sluice.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/**
 * A sum that one owner, a loop, adds to nearly always, and other threads sometimes: the owner's part is a plain number that costs no locked
 * instruction. Exact when nobody is adding. The owner is whoever runs on the loop's thread: the thread itself or the virtual thread that is
 * mounted on it, of which only one can run at a time.
 */
final class LoopCount {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    /** The owner's part has a cache line of its own between these; the counts of several loops may lie side by side. */
    private static final int AT = 8;

    private final long[] owners = new long[2 * AT + 1];
    private final LongAdder others = new LongAdder();

    /** Adds; {@code owner} says whether the caller runs on the loop's thread now. */
    void add(long count, boolean owner) {
        if (owner) {
            CELL.setOpaque(owners, AT, owners[AT] + count);
        } else {
            others.add(count);
        }
    }

    /** The sum of everything that was added before; of what is being added now, some of it. */
    long sum() {
        return (long) CELL.getOpaque(owners, AT) + others.sum();
    }
}
