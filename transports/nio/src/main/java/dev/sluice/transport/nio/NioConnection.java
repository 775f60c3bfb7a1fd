package dev.sluice.transport.nio;

import dev.sluice.transport.loop.SocketConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.xnio.IoUtils;
import org.xnio.Option;
import org.xnio.Options;

/** A connection whose source and sink are one {@link NioConduit}. */
final class NioConnection extends SocketConnection implements SelectorLoop.Handle {
    private final SelectorLoop loop;
    private final SocketChannel channel;
    private final NioConduit conduit;

    /** Registers an accepted channel; on its loop. */
    NioConnection(SelectorLoop loop, SocketChannel channel) throws IOException {
        super(loop, (InetSocketAddress) channel.getRemoteAddress(), (InetSocketAddress) channel.getLocalAddress());
        this.loop = loop;
        this.channel = channel;
        SelectionKey key = loop.register(channel, this);
        this.conduit = new NioConduit(this, loop, key, channel);
        setSourceConduit(conduit);
        setSinkConduit(conduit);
    }

    @Override
    public void ready(int operations) {
        conduit.ready(operations);
    }

    @Override
    public void closeNow() {
        IoUtils.safeClose(this);
    }

    @Override
    public void failed() {
        closeNow();
    }

    boolean endReads() {
        return readClosed();
    }

    boolean endWrites() {
        return writeClosed();
    }

    @Override
    protected void notifyReadClosed() {
        conduit.readTerminated();
    }

    @Override
    protected void notifyWriteClosed() {
        conduit.writeTerminated();
    }

    @Override
    protected void closeAction() throws IOException {
        try {
            channel.close();
        } finally {
            loop.loop().counters().connectionClosed();
            loop.selectAgain();
            conduit.closed();
        }
    }

    private static SocketOption<?> jdkOption(Option<?> option) {
        if (option == Options.KEEP_ALIVE) {
            return StandardSocketOptions.SO_KEEPALIVE;
        }
        if (option == Options.TCP_NODELAY) {
            return StandardSocketOptions.TCP_NODELAY;
        }
        if (option == Options.RECEIVE_BUFFER) {
            return StandardSocketOptions.SO_RCVBUF;
        }
        return option == Options.SEND_BUFFER ? StandardSocketOptions.SO_SNDBUF : StandardSocketOptions.SO_LINGER;
    }

    @Override
    protected int socketOption(Option<?> option) throws IOException {
        Object value = channel.getOption(jdkOption(option));
        if (option == Options.CLOSE_ABORT) {
            return value.equals(0) ? 1 : 0;
        }
        return value instanceof Boolean flag ? (flag ? 1 : 0) : (Integer) value;
    }

    @Override
    @SuppressWarnings("unchecked")
    protected void socketOption(Option<?> option, int value) throws IOException {
        SocketOption<?> jdk = jdkOption(option);
        if (jdk.type() == Boolean.class) {
            channel.setOption((SocketOption<Boolean>) jdk, value != 0);
        } else if (option == Options.CLOSE_ABORT) {
            channel.setOption(StandardSocketOptions.SO_LINGER, value != 0 ? 0 : -1);
        } else {
            channel.setOption((SocketOption<Integer>) jdk, value);
        }
    }
}
