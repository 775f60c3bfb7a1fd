package dev.sluice.transport.nio;

import dev.sluice.transport.BoundListener;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.Placement;
import dev.sluice.transport.TransportOptions;
import dev.sluice.transport.loop.StandIn;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/** One listening socket on one loop, or with {@link Placement#KERNEL} one on each loop. */
final class NioListener implements BoundListener {
    private static final System.Logger LOG = System.getLogger(NioListener.class.getName());
    private static final int BATCH = 64;
    private static final long BACK_OFF_MILLIS = 100;

    private final NioTransport transport;
    private final ChannelListener<? super StreamConnection> opened;
    private final LongAdder accepted = new LongAdder();
    private final List<Acceptor> acceptors = new ArrayList<>();
    private final InetSocketAddress address;

    NioListener(NioTransport transport, ListenerOptions listening, ChannelListener<? super StreamConnection> opened)
            throws IOException {
        this.transport = transport;
        this.opened = opened;
        boolean everyLoop = transport.options().placement() == Placement.KERNEL;
        InetSocketAddress bound = listening.address();
        try {
            for (int i = 0; i < (everyLoop ? transport.loops().size() : 1); i++) {
                ServerSocketChannel server = bind(bound, listening, transport.options(), everyLoop);
                acceptors.add(
                        new Acceptor((SelectorLoop) transport.loops().get(i).thread(), server));
                bound = (InetSocketAddress) server.getLocalAddress();
            }
        } catch (IOException | RuntimeException e) {
            acceptors.forEach(Acceptor::close);
            throw e;
        }
        this.address = bound;
        acceptors.forEach(Acceptor::start);
    }

    private static ServerSocketChannel bind(
            InetSocketAddress address, ListenerOptions listening, TransportOptions options, boolean everyLoop)
            throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.configureBlocking(false);
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (listening.reusePort() || everyLoop) {
                server.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            if (options.receiveBuffer() > 0) {
                server.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
            }
            server.bind(address, listening.backlog());
            return server;
        } catch (IOException | RuntimeException e) {
            IoUtils.safeClose(server);
            throw e;
        }
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

    /** Called on the connection's loop. */
    private void open(SelectorLoop loop, SocketChannel channel) {
        NioConnection connection;
        try {
            TransportOptions options = transport.options();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, options.tcpNoDelay());
            if (options.tcpKeepAlive()) {
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
            if (options.sendBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
            }
            connection = new NioConnection(loop, channel);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection was gone before it was opened", e);
            IoUtils.safeClose(channel);
            loop.loop().counters().connectionClosed();
            return;
        }
        ChannelListeners.invokeChannelListener(connection, opened);
    }

    private final class Acceptor implements SelectorLoop.Handle {
        private final SelectorLoop loop;
        private final ServerSocketChannel server;
        private final StandIn standIn;
        private volatile boolean resumed = true;
        private volatile @Nullable SelectionKey key;

        Acceptor(SelectorLoop loop, ServerSocketChannel server) {
            this.loop = loop;
            this.server = server;
            this.standIn = new StandIn(transport, loop.loop(), other -> acceptAll((SelectorLoop) other));
        }

        void start() {
            loop.execute(() -> {
                try {
                    key = loop.register(server, this);
                    resume(resumed);
                } catch (IOException e) {
                    LOG.log(
                            System.Logger.Level.DEBUG,
                            "the listener at " + address + " was closed before it started",
                            e);
                }
            });
        }

        void resume(boolean on) {
            resumed = on;
            SelectionKey registered = key;
            if (registered != null) {
                loop.interest(registered, SelectionKey.OP_ACCEPT, on);
            }
        }

        @Override
        public void ready(int operations) {
            acceptAll(loop);
        }

        private void acceptAll(SelectorLoop current) {
            try {
                for (int i = 0; i < BATCH && resumed; i++) {
                    SocketChannel channel = server.accept();
                    if (channel == null) {
                        return;
                    }
                    accepted.increment();
                    SelectorLoop target = (SelectorLoop) transport.place(current);
                    if (target == current) {
                        open(current, channel);
                    } else {
                        target.executeAlways(() -> open(target, channel));
                    }
                }
            } catch (IOException e) {
                if (server.isOpen() && current == loop) {
                    backOff(e);
                }
            }
        }

        private void backOff(IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "accepting at " + address + " failed (is the limit of open files reached?); trying again in "
                            + BACK_OFF_MILLIS + " ms",
                    e);
            SelectionKey registered = key;
            if (registered != null) {
                loop.interest(registered, SelectionKey.OP_ACCEPT, false);
            }
            loop.executeAfter(() -> resume(resumed), BACK_OFF_MILLIS, TimeUnit.MILLISECONDS);
        }

        void close() {
            standIn.close();
            IoUtils.safeClose(server);
            loop.selectAgain();
        }

        @Override
        public void closeNow() {
            close();
        }
    }
}
