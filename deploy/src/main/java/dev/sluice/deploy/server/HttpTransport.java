package dev.sluice.deploy.server;

import dev.sluice.deploy.management.ConnectionStats;
import dev.sluice.deploy.management.LoopStats;
import dev.sluice.deploy.management.SilentLoop;
import dev.sluice.engine.gate.Gate;
import dev.sluice.engine.http.Carrier;
import dev.sluice.engine.http.EventLoop;
import dev.sluice.engine.http.EventLoops;
import dev.sluice.engine.http.HttpListener;
import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.http.Tls;
import dev.sluice.engine.lane.Watchdog;
import dev.sluice.transport.BoundListener;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.Loop;
import dev.sluice.transport.LoopBuffers;
import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportOptions;
import dev.sluice.transport.TransportSelection;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loops that serve HTTP at one address and hand requests to a gate. */
final class HttpTransport implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HttpTransport.class.getName());
    private static final long POLL_MILLIS = 10;
    private static final int LOST_LOOP = 70;

    private final Transport transport;
    private final HttpListener http;
    private final BoundListener bound;
    private final Gate gate;
    private final EventLoops events;
    private volatile @Nullable BoundListener secured;
    private volatile @Nullable Watchdog watchdog;

    private HttpTransport(Transport transport, EventLoops events, HttpListener http, BoundListener bound, Gate gate) {
        this.transport = transport;
        this.events = events;
        this.http = http;
        this.bound = bound;
        this.gate = gate;
    }

    /**
     * Opens loops and listens.
     *
     * @param name the transport's name, or auto
     * @throws IOException if the transport cannot be had or the address not be bound; the message says what to do
     */
    static HttpTransport open(
            String name, TransportOptions loops, HttpOptions options, ListenerOptions address, Gate gate)
            throws IOException {
        return open(name, loops, options, Optional.empty(), address, gate);
    }

    /**
     * The same at an address that speaks TLS if there are keys for it.
     *
     * @throws IOException if the transport cannot be had or the address not be bound; the message says what to do
     */
    static HttpTransport open(
            String name,
            TransportOptions loops,
            HttpOptions options,
            Optional<Tls> tls,
            ListenerOptions address,
            Gate gate)
            throws IOException {
        Transport transport = TransportSelection.installed().open(name, loops);
        try {
            EventLoops events = new EventLoops(thread -> carrier(transport.loop(thread)));
            HttpListener http = new HttpListener(options, transport.buffers(), events, gate);
            http.onRefusal(gate::refused);
            http.answerFixed(gate::fixed, System::currentTimeMillis);
            BoundListener listener = tls.isPresent()
                    ? transport.listen(address, http.secured(tls.get()))
                    : transport.listen(address, http);
            return new HttpTransport(transport, events, http, listener, gate);
        } catch (IOException e) {
            transport.close();
            throw inWords(address.address(), e);
        }
    }

    /** Watches from now on for loops that are held longer than this, which zero does not report, and for loops that give no sign of life. */
    void watch(Duration bound) {
        watchdog = Watchdog.start(events, bound, HttpTransport::lost);
    }

    /** Connections that belong to a loop without a thread are lost, and new ones would be placed there: nothing here can mend that. */
    private static void lost(EventLoop loop) {
        try {
            System.getLogger(HttpTransport.class.getName())
                    .log(
                            System.Logger.Level.ERROR,
                            loop + " has ended; so does the process, with status " + LOST_LOOP
                                    + ", to be started again");
        } finally {
            Runtime.getRuntime().halt(LOST_LOOP);
        }
    }

    /** The loops that have not turned for longer than this; zero knows none. */
    List<SilentLoop> silent(Duration limit) {
        Watchdog watching = watchdog;
        if (watching == null || limit.isZero()) {
            return List.of();
        }
        return watching.silent(limit).stream()
                .map(each -> new SilentLoop(each.loop(), each.time()))
                .toList();
    }

    /**
     * Listens at a second address, with TLS.
     *
     * @throws IOException if the address cannot be bound; the message says what to do
     */
    InetSocketAddress secure(Tls tls, ListenerOptions address) throws IOException {
        try {
            BoundListener listener = transport.listen(address, http.secured(tls));
            secured = listener;
            return listener.address();
        } catch (IOException e) {
            throw inWords(address.address(), e);
        }
    }

    /** Says what to do about an address that cannot be bound. */
    static IOException inWords(InetSocketAddress address, IOException failure) {
        if (!(failure instanceof BindException)) {
            return failure;
        }
        BindException clear = new BindException(
                "cannot listen on " + address.getHostString() + ":" + address.getPort() + ": " + failure.getMessage()
                        + " (expected: a free address; stop what uses it or choose another port)");
        clear.initCause(failure);
        return clear;
    }

    private static Carrier carrier(Loop loop) {
        return new Carrier() {
            @Override
            public void mounted(Thread virtualThread) {
                loop.mounted(virtualThread);
            }

            @Override
            public void unmounted() {
                loop.unmounted();
            }

            @Override
            public Thread acting() {
                return loop.acting();
            }

            @Override
            public boolean enter() {
                return loop.enter();
            }

            @Override
            public void leave() {
                loop.leave();
            }

            @Override
            public void whenTaken(Runnable action) {
                loop.whenTaken(action);
            }

            @Override
            public void atTop(EventLoop own, Runnable command) {
                loop.atTop(command);
            }

            @Override
            public void requested() {
                loop.counters().requestCounted();
            }

            @Override
            public void held(boolean held) {
                loop.held(held);
            }
        };
    }

    InetSocketAddress address() {
        return bound.address();
    }

    String name() {
        return transport.name();
    }

    ConnectionStats stats() {
        long open = 0;
        long read = 0;
        long written = 0;
        for (Loop loop : transport.loops()) {
            open += loop.counters().connectionsOpen();
            read += loop.counters().bytesRead();
            written += loop.counters().bytesWritten();
        }
        Watchdog watching = watchdog;
        return new ConnectionStats(
                transport.name(),
                transport.loops().size(),
                open,
                accepted(),
                read,
                written,
                transport.buffers() instanceof LoopBuffers buffers ? buffers.outstanding() : 0,
                watching == null ? 0 : watching.holds(),
                transport.loops().stream().map(HttpTransport::stats).toList(),
                http.stats());
    }

    private static LoopStats stats(Loop loop) {
        return new LoopStats(
                loop.name(),
                loop.counters().connectionsOpen(),
                loop.counters().connectionsTotal(),
                loop.counters().requests(),
                loop.counters().mounts(),
                loop.counters().submissionRetries(),
                loop.counters().completionOverflows(),
                loop.isHeld());
    }

    private long accepted() {
        BoundListener second = secured;
        return bound.accepted() + (second == null ? 0 : second.accepted());
    }

    /** Accepts nothing more, waits for the requests that are under way, breaks off what is left after the limit. */
    void drain(Duration limit) {
        stopAccepting();
        gate.drain();
        http.drain();
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (!gate.activeRequests().isEmpty() && System.nanoTime() - end < 0) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int left = gate.activeRequests().size();
        if (left > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    left + " requests are still under way after " + limit.toSeconds()
                            + " s (timeouts.drain); they are ended: 503 where nothing was sent, otherwise broken off");
        }
        gate.abort();
    }

    private void stopAccepting() {
        bound.close();
        BoundListener second = secured;
        if (second != null) {
            second.close();
        }
    }

    @Override
    public void close() {
        Watchdog watching = watchdog;
        if (watching != null) {
            watching.close();
        }
        stopAccepting();
        http.closeConnections();
        transport.close();
    }
}
