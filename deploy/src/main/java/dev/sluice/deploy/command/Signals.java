package dev.sluice.deploy.command;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/** INT and TERM: the first is told and waited for, the second ends the process at once. HUP is told each time. */
final class Signals {
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final AtomicReference<@Nullable String> name = new AtomicReference<>();
    private final Consumer<String> stop;

    private Signals(Consumer<String> stop) {
        this.stop = stop;
    }

    /**
     * Takes the signals from the JVM.
     *
     * @param stop is told the name of the first INT or TERM, on a thread of its own
     * @param hangUp is told of each HUP, on a thread of its own; true if it is to count as a TERM
     */
    static Signals install(Consumer<String> stop, HangUp hangUp) {
        Signals signals = new Signals(stop);
        for (String signal : new String[] {"INT", "TERM"}) {
            Signal.handle(new Signal(signal), received -> signals.received(received.getName(), received.getNumber()));
        }
        signals.installHangUp(hangUp);
        return signals;
    }

    /** What a HUP does. */
    interface HangUp {
        /** A HUP came; true if it is to count as a TERM. */
        boolean came();
    }

    private void installHangUp(HangUp hangUp) {
        try {
            Signal.handle(new Signal("HUP"), received -> {
                if (hangUp.came()) {
                    received(received.getName(), received.getNumber());
                }
            });
        } catch (IllegalArgumentException e) {
            // Windows has no HUP, and -Xrs leaves it to the system
            System.getLogger(Signals.class.getName()).log(System.Logger.Level.DEBUG, "no handler for HUP", e);
        }
    }

    private void received(String signal, int number) {
        if (!name.compareAndSet(null, signal)) {
            Runtime.getRuntime().halt(128 + number);
        }
        arrived.countDown();
        stop.accept(signal);
    }

    /** The first one; empty if none came. */
    Optional<String> first() {
        return Optional.ofNullable(name.get());
    }

    /** Waits for the first. */
    void await() {
        boolean interrupted = false;
        while (true) {
            try {
                arrived.await();
                return;
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
