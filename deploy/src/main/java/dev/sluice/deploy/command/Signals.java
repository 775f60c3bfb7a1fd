package dev.sluice.deploy.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/** INT and TERM: the first is waited for, the second ends the process at once. */
final class Signals {
    private final CountDownLatch first = new CountDownLatch(1);
    private final AtomicReference<@Nullable String> name = new AtomicReference<>();

    private Signals() {}

    /** Takes the signals from the JVM. */
    static Signals install() {
        Signals signals = new Signals();
        for (String signal : new String[] {"INT", "TERM"}) {
            Signal.handle(new Signal(signal), signals::received);
        }
        return signals;
    }

    private void received(Signal signal) {
        if (!name.compareAndSet(null, signal.getName())) {
            Runtime.getRuntime().halt(128 + signal.getNumber());
        }
        first.countDown();
    }

    /** Waits for the first and answers its name. */
    String await() {
        boolean interrupted = false;
        while (true) {
            try {
                first.await();
                return String.valueOf(name.get());
            } catch (InterruptedException e) {
                interrupted = true;
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
