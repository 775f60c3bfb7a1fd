package dev.sluice.engine.testing;

import dev.sluice.engine.http.Carrier;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Refuses virtual threads while the loop's thread holds a monitor, which they would take away. */
public final class CarefulCarrier implements Carrier {
    @Override
    @SuppressWarnings("deprecation") // Thread.threadId() is younger than our byte code
    public void mounted(Thread virtualThread) {
        long[] current = {Thread.currentThread().getId()};
        var held = ManagementFactory.getThreadMXBean()
                .getThreadInfo(current, true, false)[0]
                .getLockedMonitors();
        if (held.length > 0) {
            throw new AssertionError(virtualThread + " is mounted while monitors are held: " + List.of(held));
        }
    }

    @Override
    public void unmounted() {}
}
