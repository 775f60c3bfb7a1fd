package dev.sluice.transport.loop;

import dev.sluice.transport.BoundListener;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.Placement;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** One listening socket on one loop, or with {@link Placement#KERNEL} one on each loop; what accepts is the transport's. */
public final class LoopListener implements BoundListener {
    private static final System.Logger LOG = System.getLogger(LoopListener.class.getName());
    private static final long BACK_OFF_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LoopTransport transport;
    private final LongAdder accepted = new LongAdder();
    private final SparseWarning failures =
            new SparseWarning(System::nanoTime, text -> LOG.log(System.Logger.Level.WARNING, text));
    private final List<Acceptor> acceptors = new ArrayList<>();
    private final InetSocketAddress address;

    /** A bound listening socket on one loop. All methods may be called from any thread. */
    public interface Acceptor {
        /** The address that was bound. */
        InetSocketAddress address();

        /** Starts to accept, on its loop. */
        void start();

        /** Accepts or leaves connections in the backlog. */
        void resume(boolean on);

        /** Stops listening; idempotent. */
        void close();
    }

    /** Binds a socket for one loop. */
    @FunctionalInterface
    public interface Binding {
        /**
         * Binds.
         *
         * @param shared whether others listen at the same address
         * @throws java.net.BindException if the address is in use or not ours
         */
        Acceptor bind(LoopListener listener, LoopThread loop, InetSocketAddress address, boolean shared)
                throws IOException;
    }

    /** Binds what the options ask for, and starts to accept. */
    LoopListener(LoopTransport transport, ListenerOptions options, Binding binding) throws IOException {
        this.transport = transport;
        boolean everyLoop = transport.options().placement() == Placement.KERNEL;
        InetSocketAddress bound = options.address();
        try {
            for (int i = 0; i < (everyLoop ? transport.loops().size() : 1); i++) {
                LoopThread loop = (LoopThread) transport.loops().get(i).thread();
                Acceptor acceptor = binding.bind(this, loop, bound, everyLoop || options.reusePort());
                acceptors.add(acceptor);
                bound = acceptor.address();
            }
        } catch (IOException | RuntimeException e) {
            acceptors.forEach(Acceptor::close);
            throw e;
        }
        this.address = bound;
        acceptors.forEach(Acceptor::start);
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void suspendAccepts() {
        acceptors.forEach(acceptor -> acceptor.resume(false));
    }

    @Override
    public void resumeAccepts() {
        acceptors.forEach(acceptor -> acceptor.resume(true));
    }

    @Override
    public long accepted() {
        return accepted.sum();
    }

    @Override
    public void close() {
        acceptors.forEach(Acceptor::close);
        transport.listenerClosed(this);
    }

    /**
     * A connection was accepted on this loop: counts it, and has it opened on the loop that it belongs to. When this throws, the caller
     * closes the socket; {@code open} must not throw.
     */
    public void place(LoopThread current, Consumer<LoopThread> open) {
        LoopThread target = transport.place(current);
        accepted.increment(); // last: who sees it finds the connection counted on its loop, too
        if (target == current) {
            open.accept(target);
        } else {
            try {
                target.executeAlways(() -> open.accept(target));
            } catch (Throwable e) {
                gone(target, e);
                throw e;
            }
        }
    }

    /** A connection was gone before it was opened on its loop. */
    public void gone(LoopThread loop, Throwable cause) {
        LOG.log(System.Logger.Level.DEBUG, "a connection was gone before it was opened", cause);
        loop.loop().counters().connectionClosed();
    }

    /** Accepting failed: tries again in a while, and says so now and then. */
    public void failed(LoopThread loop, IOException cause, Runnable again) {
        failures.tell("accepting at " + address + " failed: " + cause.getMessage()
                + " (is the limit of open files reached? ulimit -n, limits.connections); it is tried again every "
                + TimeUnit.NANOSECONDS.toMillis(BACK_OFF_NANOS) + " ms");
        loop.after(again, BACK_OFF_NANOS);
    }
}
