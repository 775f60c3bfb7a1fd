package dev.sluice.transport;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioWorker;

/**
 * Has other threads stand in for the threads of loops that a mounted virtual thread holds for more than a few milliseconds, so that the
 * other connections of the loop do not wait for it. One daemon thread looks at all loops of a transport, and sleeps while nothing is mounted.
 */
public final class StandIns implements Runnable, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StandIns.class.getName());
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int TICKS_WHEN_BUSY = 2;
    private static final int TICKS_IN_ANY_CASE = 5;
    private static final int TICKS_UNTIL_REST = 50;
    private static final int MOST_THREADS = 32;

    private final XnioWorker worker;
    private final String name;
    private final List<Sight> sights = new ArrayList<>();
    private final List<StandInThread> threads = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<StandInThread> idle = new ConcurrentLinkedQueue<>();
    private final AtomicLong count = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    /** What was seen of a loop. */
    private static final class Sight {
        private final Loop loop;
        private final BooleanSupplier turn;
        private long serial;
        private int ticks;
        private long cpu;

        Sight(Loop loop, BooleanSupplier turn) {
            this.loop = loop;
            this.turn = turn;
        }
    }

    /**
     * Looks at nothing yet.
     *
     * @param worker what the threads belong to
     * @param name what the names of the threads begin with
     */
    public StandIns(XnioWorker worker, String name) {
        this.worker = worker;
        this.name = name;
        this.thread = new Thread(this, name + "-stand-ins");
        thread.setDaemon(true);
        thread.setContextClassLoader(StandIns.class.getClassLoader());
    }

    /**
     * One more loop; before the start.
     *
     * @param turn the next turn of the loop; true if the loop is finished
     */
    public void add(Loop loop, BooleanSupplier turn) {
        sights.add(new Sight(loop, turn));
        loop.watchedBy(this);
    }

    /** Begins to look. */
    public void start() {
        thread.start();
    }

    /** How often a thread has stood in since the start. */
    public long count() {
        return count.get();
    }

    @Override
    public void run() {
        int quiet = 0;
        while (!closed) {
            if (quiet < TICKS_UNTIL_REST) {
                LockSupport.parkNanos(this, TICK_NANOS);
            } else {
                sights.forEach(sight -> sight.loop.asleep(thread));
                LockSupport.parkNanos(this, REST_NANOS);
                sights.forEach(sight -> sight.loop.asleep(null));
            }
            try {
                quiet = look() ? 0 : quiet + 1;
            } catch (Throwable e) { // Such as no memory for a thread.
                LOG.log(System.Logger.Level.WARNING, "whether loops are held could not be looked at; tried again", e);
            }
        }
        threads.forEach(StandInThread::close);
    }

    /** True if something was mounted since the last time. */
    private boolean look() {
        boolean busy = false;
        for (Sight sight : sights) {
            long serial = sight.loop.mountSerial();
            boolean holding = sight.loop.isHolding();
            busy |= holding || serial != sight.serial;
            if (!holding || serial != sight.serial) {
                sight.serial = serial;
                sight.ticks = 0;
            } else {
                sight.ticks++;
                if (isHeld(sight)) {
                    takeOver(sight);
                    sight.ticks = 0;
                }
            }
        }
        return busy;
    }

    /** A thread that has not had a processor is not held: it only waits for one, and a second thread would not help. */
    private static boolean isHeld(Sight sight) {
        if (sight.ticks >= TICKS_IN_ANY_CASE) {
            return true;
        }
        long cpu = Cpu.of(sight.loop.acting());
        if (sight.ticks == 1) {
            sight.cpu = cpu;
            return false;
        }
        return sight.ticks >= TICKS_WHEN_BUSY && cpu - sight.cpu >= BUSY_NANOS;
    }

    private void takeOver(Sight sight) {
        StandInThread other = spare();
        if (other == null) {
            return;
        }
        if (sight.loop.takeOver(other.seat())) {
            count.incrementAndGet();
            other.begin(new StandInThread.Job(sight.loop, sight.turn));
        } else {
            idle.add(other);
        }
    }

    private @Nullable StandInThread spare() {
        StandInThread spare = idle.poll();
        if (spare == null && threads.size() < MOST_THREADS) {
            spare = new StandInThread(worker, name + "-stand-in-" + threads.size(), idle::add);
            spare.start();
            threads.add(spare);
        }
        return spare;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /** Loaded when first needed. */
    private static final class Cpu {
        private static final java.lang.management.ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        @SuppressWarnings("deprecation") // Thread.threadId() is younger than our byte code
        static long of(Thread thread) {
            return THREADS.isThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled()
                    ? THREADS.getThreadCpuTime(thread.getId())
                    : System.nanoTime();
        }
    }
}
