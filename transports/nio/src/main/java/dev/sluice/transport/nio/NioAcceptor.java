package dev.sluice.transport.nio;

import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.TransportOptions;
import dev.sluice.transport.loop.LoopFailures;
import dev.sluice.transport.loop.LoopListener;
import dev.sluice.transport.loop.LoopThread;
import dev.sluice.transport.loop.StandIn;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/** A listening socket that the selector of one loop watches. */
final class NioAcceptor implements LoopListener.Acceptor, SelectorLoop.Handle {
    private static final LoopFailures OPENING = new LoopFailures("a connection could not be opened");
    private static final System.Logger LOG = System.getLogger(NioAcceptor.class.getName());
    private static final int BATCH = 64;

    private final LoopListener listener;
    private final TransportOptions options;
    private final ChannelListener<? super StreamConnection> opened;
    private final SelectorLoop loop;
    private final ServerSocketChannel server;
    private final InetSocketAddress address;
    private final StandIn standIn;
    private volatile boolean resumed = true;
    private @Nullable SelectionKey key; // on the loop

    NioAcceptor(
            NioTransport transport,
            LoopListener listener,
            SelectorLoop loop,
            ServerSocketChannel server,
            ChannelListener<? super StreamConnection> opened)
            throws IOException {
        this.listener = listener;
        this.options = transport.options();
        this.opened = opened;
        this.loop = loop;
        this.server = server;
        this.address = (InetSocketAddress) server.getLocalAddress();
        this.standIn = new StandIn(transport, loop.loop(), this::acceptAll);
    }

    static ServerSocketChannel bind(
            InetSocketAddress address, ListenerOptions listening, TransportOptions options, boolean shared)
            throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.configureBlocking(false);
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (shared) {
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
    public void start() {
        loop.execute(() -> {
            try {
                key = loop.register(server, this);
                change();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "the listener at " + address + " was closed before it started", e);
            }
        });
    }

    @Override
    public void resume(boolean on) {
        resumed = on;
        loop.executeAlways(this::change);
    }

    /** What was asked for last holds; on the loop only, so that nobody undoes it. */
    private void change() {
        SelectionKey registered = key;
        if (registered != null) {
            loop.interest(registered, SelectionKey.OP_ACCEPT, resumed);
        }
    }

    @Override
    public void ready(int operations) {
        acceptAll(loop);
    }

    private void acceptAll(LoopThread current) {
        try {
            for (int i = 0; i < BATCH && resumed; i++) {
                SocketChannel channel = server.accept();
                if (channel == null) {
                    return;
                }
                place(current, channel);
            }
        } catch (IOException e) {
            if (server.isOpen() && current == loop) {
                SelectionKey registered = key;
                if (registered != null) {
                    loop.interest(registered, SelectionKey.OP_ACCEPT, false);
                }
                listener.failed(loop, e, this::change);
            }
        }
    }

    private void place(LoopThread current, SocketChannel channel) {
        try {
            listener.place(current, target -> open((SelectorLoop) target, channel));
        } catch (Throwable e) {
            IoUtils.safeClose(channel);
            throw e;
        }
    }

    /** Called on the connection's loop. */
    private void open(SelectorLoop target, SocketChannel channel) {
        try {
            openOrFail(target, channel);
        } catch (Throwable e) {
            OPENING.log(e);
        }
    }

    private void openOrFail(SelectorLoop target, SocketChannel channel) {
        NioConnection connection;
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, options.tcpNoDelay());
            if (options.tcpKeepAlive()) {
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
            if (options.sendBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
            }
            connection = new NioConnection(target, channel);
        } catch (Throwable e) {
            IoUtils.safeClose(channel);
            listener.gone(target, e);
            return;
        }
        ChannelListeners.invokeChannelListener(connection, opened);
    }

    @Override
    public void close() {
        standIn.close();
        IoUtils.safeClose(server);
        loop.selectAgain();
    }

    /** The selector finds the rest again. */
    @Override
    public void failed() {}

    @Override
    public void closeNow() {
        close();
    }
}
