package dev.sluice.deploy.log;

import java.io.IOException;
import java.io.Writer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lines that are formatted and written by a thread of their own. Who adds one never waits, and wakes nobody: the writer looks every
 * 50 ms. What does not fit into the queue is dropped and counted. {@link #close} writes what is queued.
 *
 * @param <T> what becomes a line
 */
public final class AsynchronousLog<T> implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AsynchronousLog.class.getName());
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long REPORT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Queue<T> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();
    private final int capacity;
    private final Function<T, String> format;
    private final Thread thread;
    private final AtomicReference<@Nullable Opening> reopening = new AtomicReference<>();
    private volatile Writer writer;
    private volatile boolean closed;
    private @Nullable Exception failure; // of the writing thread
    private long reported; // of the writing thread

    /**
     * Starts the thread.
     *
     * @param name the thread's name
     * @param capacity entries that may wait
     * @param format the line of an entry, without a line break
     * @param writer where lines go; closed with this
     */
    public AsynchronousLog(String name, int capacity, Function<T, String> format, Writer writer) {
        this.capacity = capacity;
        this.format = format;
        this.writer = writer;
        this.thread = new Thread(this::write, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Adds an entry, or drops it if too many wait or the log is closed. Any thread; never blocks. */
    public void add(T entry) {
        if (closed || size.get() >= capacity) {
            dropped.increment();
            return;
        }
        try {
            queue.add(entry);
            size.incrementAndGet();
        } catch (OutOfMemoryError e) {
            dropped.increment();
        }
    }

    /** Opens a writer. */
    @FunctionalInterface
    public interface Opening {
        /** The writer; closed with the log. */
        Writer open() throws IOException;
    }

    /** Goes on with another writer, in front of the next entries; if it cannot be opened, with the one that there is. Any thread. */
    public void reopen(Opening opening) {
        reopening.set(opening);
    }

    private void reopenIfAsked() {
        Opening opening = reopening.getAndSet(null);
        if (opening == null) {
            return;
        }
        try {
            Writer next = opening.open();
            Writer last = writer;
            writer = next;
            last.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, thread.getName() + " could not be reopened", e);
        }
    }

    /** How many entries were dropped so far. */
    public long dropped() {
        return dropped.sum();
    }

    private void write() {
        long reportAt = System.nanoTime() + REPORT_NANOS;
        while (true) {
            boolean last = closed;
            try {
                reopenIfAsked();
                writeQueued();
            } catch (OutOfMemoryError e) {
                dropped.increment(); // The entry that was being formatted; the next look may find memory again.
            }
            if (last) {
                return;
            }
            if (System.nanoTime() - reportAt > 0) {
                reportAt = System.nanoTime() + REPORT_NANOS;
                report();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void report() {
        long now = dropped();
        if (now > reported) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    thread.getName() + " dropped " + (now - reported)
                            + " entries in the last minute (expected: at most " + capacity
                            + " waiting; a faster disk or a longer queue helps)",
                    failure);
        }
        reported = now;
        failure = null;
    }

    private void writeQueued() {
        int taken = 0;
        try {
            for (T entry = queue.poll(); entry != null; entry = queue.poll()) {
                size.decrementAndGet();
                taken++;
                writer.write(format.apply(entry));
                writer.write('\n');
            }
            if (taken > 0) {
                writer.flush();
            }
        } catch (IOException | RuntimeException e) {
            dropped.add(taken);
            failure = e;
        }
    }

    /** Takes no more entries, writes those that wait, and closes the writer. */
    @Override
    public void close() throws IOException {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.close();
    }
}
