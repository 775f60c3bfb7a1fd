package dev.sluice.transport.loop;

import dev.sluice.transport.BoundListener;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.Loop;
import dev.sluice.transport.LoopBuffers;
import dev.sluice.transport.StandIns;
import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportOptions;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioWorker;

/** What is the same for every transport that drives {@link LoopThread}s: the loops, buffers, placement and the closing down. */
public abstract class LoopTransport implements Transport {
    private static final long CLOSE_SECONDS = 10;
    private static final long HELD_WEIGHT = 1L << 40;

    private final String name;
    private final TransportOptions options;
    private final LoopWorker worker;
    private final List<Loop> loops;
    private final LoopBuffers buffers;
    private final Set<AutoCloseable> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private final StandIns standIns;

    /** Makes the threads and starts them. */
    protected LoopTransport(String name, TransportOptions options, LoopWorker.ThreadFactory factory)
            throws IOException {
        this.name = name;
        this.options = options;
        this.worker = LoopWorker.create(name, options, factory);
        this.loops = worker.threads().stream().map(LoopThread::loop).toList();
        this.buffers = new LoopBuffers(loops, options);
        this.standIns = new StandIns(worker, options.threadName());
    }

    /** Starts the threads; called at the end of the constructor of the last class. */
    protected final void start() {
        if (standsIn()) {
            worker.threads().forEach(each -> standIns.add(each.loop(), each::nextTurn));
            standIns.start();
        }
        worker.threads().forEach(Thread::start);
    }

    /** Whether another thread than its own may drive a loop for a while. */
    protected boolean standsIn() {
        return true;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final XnioWorker worker() {
        return worker;
    }

    @Override
    public final List<Loop> loops() {
        return loops;
    }

    @Override
    public final LoopBuffers buffers() {
        return buffers;
    }

    /** The options that it was opened with. */
    public final TransportOptions options() {
        return options;
    }

    /** The loop for a new connection, counted there; {@code home} is the loop that accepted it. */
    public final LoopThread place(LoopThread home) {
        Loop chosen =
                switch (options.placement()) {
                    case LEAST_CONNECTIONS -> leastConnections();
                    case ROUND_ROBIN -> nextLoop();
                    case KERNEL -> home.loop().isHeld() ? leastConnections() : home.loop();
                };
        chosen.counters().connectionOpened();
        return (LoopThread) chosen.thread();
    }

    /** The next loop that no request holds; the next one if all are held. */
    private Loop nextLoop() {
        Loop next = loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
        for (int i = 1; i < loops.size() && next.isHeld(); i++) {
            next = loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
        }
        return next;
    }

    /** The loop that accepts while this one is held; null if all are. */
    final @Nullable LoopThread standIn(Loop heldLoop) {
        Loop other = leastConnections();
        return other == heldLoop || other.isHeld() ? null : (LoopThread) other.thread();
    }

    /** The loop with the fewest connections among those that no request holds; among all if all are held. */
    private Loop leastConnections() {
        Loop least = loops.get(0);
        long fewest = weight(least);
        for (int i = 1; i < loops.size() && fewest > 0; i++) {
            long weight = weight(loops.get(i));
            if (weight < fewest) {
                least = loops.get(i);
                fewest = weight;
            }
        }
        return least;
    }

    private static long weight(Loop loop) {
        return loop.counters().connectionsOpen() + (loop.isHeld() ? HELD_WEIGHT : 0);
    }

    /** Listens with sockets that the binding makes; they are closed with the transport at the latest. */
    protected final BoundListener listen(ListenerOptions listening, LoopListener.Binding binding) throws IOException {
        LoopListener listener = new LoopListener(this, listening, binding);
        listeners.add(listener);
        return listener;
    }

    /** Forgets a listener that was closed. */
    final void listenerClosed(AutoCloseable listener) {
        listeners.remove(listener);
    }

    @Override
    public final void close() {
        if (loops.stream().anyMatch(Loop::isCurrent)) {
            throw new IllegalStateException("a transport cannot be closed on one of its own loops");
        }
        for (AutoCloseable listener : List.copyOf(listeners)) {
            try {
                listener.close();
            } catch (Exception e) {
                System.getLogger(LoopTransport.class.getName())
                        .log(System.Logger.Level.WARNING, "closing " + listener + " failed", e);
            }
        }
        worker.shutdownNow();
        try {
            if (!worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                System.getLogger(LoopTransport.class.getName())
                        .log(System.Logger.Level.WARNING, "threads of transport " + name + " did not end within 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        standIns.close();
        buffers.close();
    }
}
