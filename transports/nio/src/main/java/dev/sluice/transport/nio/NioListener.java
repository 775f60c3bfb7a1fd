package dev.sluice.transport.nio;

import dev.sluice.transport.BoundListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.channels.AcceptingChannel;

/** One listening socket of xnio-nio, and what is done with each connection that comes from it. */
final class NioListener implements BoundListener, ChannelListener<AcceptingChannel<StreamConnection>> {
    private static final System.Logger LOG = System.getLogger(NioListener.class.getName());

    private final NioTransport transport;
    private final ChannelListener<? super StreamConnection> opened;
    private final LongAdder accepted = new LongAdder();
    private volatile @Nullable AcceptingChannel<StreamConnection> server;

    NioListener(NioTransport transport, ChannelListener<? super StreamConnection> opened) {
        this.transport = transport;
        this.opened = opened;
    }

    void started(AcceptingChannel<StreamConnection> channel) {
        server = channel;
        channel.resumeAccepts();
    }

    private AcceptingChannel<StreamConnection> server() {
        return Objects.requireNonNull(server, "used before it was bound");
    }

    @Override
    public void handleEvent(AcceptingChannel<StreamConnection> channel) {
        try {
            for (StreamConnection next = channel.accept(); next != null; next = channel.accept()) {
                accepted.increment();
                transport.opened(next);
                ChannelListeners.invokeChannelListener(next, opened);
            }
        } catch (IOException e) {
            if (channel.isOpen()) {
                LOG.log(System.Logger.Level.WARNING, "accepting on " + address() + " failed", e);
            }
        }
    }

    @Override
    public InetSocketAddress address() {
        return server().getLocalAddress(InetSocketAddress.class);
    }

    @Override
    public void suspendAccepts() {
        server().suspendAccepts();
    }

    @Override
    public void resumeAccepts() {
        server().resumeAccepts();
    }

    @Override
    public long accepted() {
        return accepted.sum();
    }

    @Override
    public void close() {
        IoUtils.safeClose(server());
        transport.closed(this);
    }
}
