package dev.sluice.transport;

import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.util.Arrays;

/** Finds monitors that the current thread holds. Far too slow for each mount of a server; for tests. */
final class HeldMonitors {
    private HeldMonitors() {}

    /**
     * Nothing may be held by the frames below a virtual thread that is about to be mounted.
     *
     * @throws IllegalStateException if something is
     */
    @SuppressWarnings("deprecation") // Thread.threadId() is younger than our byte code
    static void expectNone(Thread virtualThread) {
        Thread current = Thread.currentThread();
        MonitorInfo[] held = ManagementFactory.getThreadMXBean()
                .getThreadInfo(new long[] {current.getId()}, true, false)[0]
                .getLockedMonitors();
        if (held.length > 0) {
            throw new IllegalStateException("mounting " + virtualThread.getName() + " while " + current.getName()
                    + " holds monitors (expected: none, the virtual thread would take them away): "
                    + Arrays.stream(held)
                            .map(monitor -> monitor + " at " + monitor.getLockedStackFrame())
                            .toList());
        }
    }
}
