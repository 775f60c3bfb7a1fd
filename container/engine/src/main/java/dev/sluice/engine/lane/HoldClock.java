package dev.sluice.engine.lane;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** How long a loop is held: by the clock, or by the CPU time of its own thread, which other processes cannot lengthen. */
final class HoldClock {
    private HoldClock() {}

    static long now(boolean exact) {
        return exact ? Cpu.now() : System.nanoTime();
    }

    /** Loaded when first needed. */
    private static final class Cpu {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
        private static final boolean SUPPORTED =
                THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();

        static long now() {
            return SUPPORTED ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
        }
    }
}
