package dev.sluice.engine.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One kind of failure on a thread that has to live as long as the server: says that it happened. When the log fails too, as it does while memory is
 * exhausted, the failure is counted instead and goes no further. To be made before anything fails, because then there may be no memory even
 * for the text.
 */
public final class Failures {
    private static final System.Logger LOG = System.getLogger(Failures.class.getName());
    private static final AtomicLong UNSAID = new AtomicLong();

    private final String what;

    /** A failure that is logged with these words. */
    public Failures(String what) {
        this.what = what;
    }

    /** Logs it as an error, or counts it. */
    public void log(Throwable failure) {
        try {
            LOG.log(System.Logger.Level.ERROR, what, failure);
        } catch (Throwable e) {
            UNSAID.incrementAndGet();
        }
    }

    /** How many failures could not be logged since the start. */
    public static long unsaid() {
        return UNSAID.get();
    }
}
