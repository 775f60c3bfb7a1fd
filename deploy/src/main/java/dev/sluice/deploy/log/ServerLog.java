package dev.sluice.deploy.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where all entries of the server's log end up, whoever's logger they came from. There is one in a process, because the JDK has one
 * {@link System.LoggerFinder}; before it is configured it writes text to standard output. All methods may be called from any thread.
 */
public final class ServerLog {
    private static final ServerLog INSTANCE =
            new ServerLog(new FileOutputStream(FileDescriptor.out), Clock.systemUTC());

    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong lost = new AtomicLong();
    private final RepeatedTraces traces = new RepeatedTraces();
    private final OutputStream output;
    private final Clock clock;
    private volatile Layout layout = Layout.text(ZoneId.systemDefault(), false);
    private volatile Levels levels = Levels.DEFAULT;
    private volatile Supplier<@Nullable String> requestId = () -> null;

    /** Writes to this stream, which is never closed. */
    ServerLog(OutputStream output, Clock clock) {
        this.output = output;
        this.clock = clock;
    }

    /** The one of this process. */
    public static ServerLog process() {
        return INSTANCE;
    }

    /** Changes how lines look and which are written. */
    public void configure(Layout newLayout, Levels newLevels) {
        // Loads what a failure needs: without memory it could not be loaded.
        newLayout.format(new LogEvent(
                clock.instant(), System.Logger.Level.ERROR, "", "", null, "", new OutOfMemoryError("a rehearsal")));
        layout = newLayout;
        levels = newLevels;
    }

    /** Changes which are written. */
    public void configure(Levels newLevels) {
        levels = newLevels;
    }

    /** Says how to find the id of the request that the current thread works on. */
    public void requestIds(Supplier<@Nullable String> source) {
        requestId = source;
    }

    /** Which levels are written now. */
    public Levels levels() {
        return levels;
    }

    /** Writes an entry if its level is wanted. */
    public void write(System.Logger.Level level, String logger, String message, @Nullable Throwable thrown) {
        if (level.getSeverity() < levels.of(logger).getSeverity() || level == System.Logger.Level.OFF) {
            return;
        }
        try {
            writeLine(level, logger, message, thrown);
        } catch (OutOfMemoryError e) {
            lost.incrementAndGet(); // Whoever logs a failure must not fail again for it.
        }
    }

    /** How many entries were lost because there was no memory for them. */
    public long lost() {
        return lost.get();
    }

    private void writeLine(System.Logger.Level level, String logger, String message, @Nullable Throwable thrown) {
        String thread = Thread.currentThread().getName();
        Instant now = clock.instant();
        Throwable shown = thrown;
        String text = message;
        if (thrown != null && !traces.mayShow(thrown, now)) {
            shown = null;
            text = message + ": " + thrown + " (the same stack trace was written " + RepeatedTraces.MOST
                    + " times in the last " + RepeatedTraces.PERIOD.toSeconds() + " s; it is left out here)";
        }
        LogEvent event = new LogEvent(now, level, logger, thread, requestId.get(), text, shown);
        byte[] line = layout.format(event).getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            output.write(line);
            output.flush();
        } catch (IOException e) {
            // standard output is gone, and there is no other place to say so
        } finally {
            lock.unlock();
        }
    }
}
