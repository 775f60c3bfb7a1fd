package dev.sluice.transport.uring;

import dev.sluice.transport.loop.SocketConnection;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.xnio.IoUtils;
import org.xnio.Option;
import org.xnio.Options;

/** A connection on a ring: a {@link RingSource}, a {@link RingSink} and the {@link RingSocket} that they share. */
final class RingConnection extends SocketConnection {
    private final RingSocket socket;
    private final RingSource source;
    private final RingSink sink;

    /** Takes over an accepted socket; on its loop. */
    RingConnection(
            UringTransport transport, RingLoop loop, Socket accepted, InetSocketAddress peer, InetSocketAddress local)
            throws IOException {
        super(loop, peer, local);
        this.socket = new RingSocket(this, loop, accepted);
        this.source = new RingSource(this, socket, transport.directBuffers());
        this.sink = new RingSink(this, socket, transport.directBuffers(), transport.files());
        setSourceConduit(source);
        setSinkConduit(sink);
    }

    RingSource source() {
        return source;
    }

    RingSink sink() {
        return sink;
    }

    void submitNow() {
        source.submitNow();
        sink.submitNow();
    }

    boolean endReads() {
        return readClosed();
    }

    boolean endWrites() {
        return writeClosed();
    }

    void closeQuietly() {
        IoUtils.safeClose(this);
    }

    @Override
    protected void notifyReadClosed() {
        source.terminated();
    }

    @Override
    protected void notifyWriteClosed() {
        sink.terminated();
    }

    @Override
    protected void closeAction() {
        socket.close();
    }

    @Override
    protected int socketOption(Option<?> option) throws IOException {
        Socket options = socket.options();
        if (option == Options.KEEP_ALIVE) {
            return options.isKeepAlive() ? 1 : 0;
        }
        if (option == Options.TCP_NODELAY) {
            return options.isTcpNoDelay() ? 1 : 0;
        }
        if (option == Options.RECEIVE_BUFFER) {
            return options.getReceiveBufferSize();
        }
        return option == Options.SEND_BUFFER ? options.getSendBufferSize() : options.getSoLinger() == 0 ? 1 : 0;
    }

    @Override
    protected void socketOption(Option<?> option, int value) throws IOException {
        Socket options = socket.options();
        if (option == Options.KEEP_ALIVE) {
            options.setKeepAlive(value != 0);
        } else if (option == Options.TCP_NODELAY) {
            options.setTcpNoDelay(value != 0);
        } else if (option == Options.RECEIVE_BUFFER) {
            options.setReceiveBufferSize(value);
        } else if (option == Options.SEND_BUFFER) {
            options.setSendBufferSize(value);
        } else {
            options.setSoLinger(value != 0 ? 0 : -1);
        }
    }
}
