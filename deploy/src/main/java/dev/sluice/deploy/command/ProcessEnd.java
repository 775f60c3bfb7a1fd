package dev.sluice.deploy.command;

import dev.sluice.deploy.server.Server;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How the process of a server ends: by a signal, or because code in it has called {@link System#exit}. Either drains the server, and
 * either ends the process within a bound, also if a step or a shutdown hook of an application never returns.
 */
final class ProcessEnd {
    private static final System.Logger LOG = System.getLogger(ProcessEnd.class.getName());
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Server server;
    private final Runnable reread;
    private final AtomicBoolean ending = new AtomicBoolean();

    /**
     * For one server.
     *
     * @param reread reads again what may change while the server runs
     */
    ProcessEnd(Server server, Runnable reread) {
        this.server = server;
        this.reread = reread;
    }

    /** INT or TERM. */
    void signalled(String signal) {
        LOG.log(System.Logger.Level.INFO, signal + ": stopping; a second signal ends the process at once");
        bound();
        server.stop();
    }

    /** HUP: of a terminal that has gone, or of somebody who has moved the log files away. True to stop. */
    boolean hungUp() {
        if (Boolean.getBoolean("sluice.terminal")) {
            return true;
        }
        server.reopenLogs();
        try {
            reread.run();
            LOG.log(
                    System.Logger.Level.INFO,
                    "HUP: the access log is opened again, and the log's levels were read again");
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "HUP: the levels stay as they are: " + e.getMessage());
        }
        return false;
    }

    /** Sees to it that System.exit drains too. */
    void watchExits() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::exiting, "sluice-exit"));
    }

    private void exiting() {
        if (ending.get()) {
            return;
        }
        bound();
        LOG.log(
                System.Logger.Level.WARNING,
                "the process ends because System.exit was called" + caller()
                        + "; it drains first (expected: an application leaves the process to the container)");
        server.stop();
        LOG.log(System.Logger.Level.INFO, "stopped");
    }

    /** Ends the process when all time is over, whatever hangs then. */
    private void bound() {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        Duration longest = server.longestStop().plus(GRACE);
        Thread thread = new Thread(() -> end(longest), "sluice-bound");
        thread.setDaemon(true);
        thread.start();
    }

    private static void end(Duration longest) {
        try {
            Thread.sleep(longest.toMillis());
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "interrupted; the process ends now", e);
        }
        LOG.log(
                System.Logger.Level.ERROR,
                "the stop did not end within " + longest.toSeconds()
                        + " s (timeouts.drain, timeouts.stop); the process is ended");
        Runtime.getRuntime().halt(ExitStatus.FAILED);
    }

    /** Who has called it, as far as platform threads show. */
    private static String caller() {
        for (Map.Entry<Thread, StackTraceElement[]> each :
                Thread.getAllStackTraces().entrySet()) {
            StackTraceElement[] stack = each.getValue();
            for (int i = 0; i + 1 < stack.length; i++) {
                if (stack[i].getClassName().equals("java.lang.Runtime")
                        && stack[i].getMethodName().equals("exit")) {
                    return " by thread " + each.getKey().getName() + " at "
                            + Arrays.toString(Arrays.copyOfRange(stack, i + 1, Math.min(stack.length, i + 5)));
                }
            }
        }
        return "";
    }
}
