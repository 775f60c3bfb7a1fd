package dev.sluice.launch;

import java.util.logging.LogManager;

/**
 * The JDK's log manager, but its handlers stay until the process has ended: the JDK takes them away as soon as the process begins to end,
 * and the server drains then. Any thread.
 */
public final class LastingLogs extends LogManager {
    /** Made by the JDK. */
    public LastingLogs() {}

    @Override
    public void reset() {
        if (!ending()) {
            super.reset();
        }
    }

    /** The JDK tells it by refusing hooks. */
    private static boolean ending() {
        Thread hook = new Thread(() -> {}, "never-started");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return !Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
