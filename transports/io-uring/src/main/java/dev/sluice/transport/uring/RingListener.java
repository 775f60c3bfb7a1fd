package dev.sluice.transport.uring;

import dev.sluice.transport.BoundListener;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.Placement;
import dev.sluice.transport.TransportOptions;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.StreamConnection;

/** One listening socket with a multi-shot accept on one loop, or with {@link Placement#KERNEL} one on each loop. */
final class RingListener implements BoundListener {
    private static final System.Logger LOG = System.getLogger(RingListener.class.getName());
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_FASTOPEN = 23;

    private final UringTransport transport;
    private final ChannelListener<? super StreamConnection> opened;
    private final LongAdder accepted = new LongAdder();
    private final List<Acceptor> acceptors = new ArrayList<>();
    private final InetSocketAddress address;

    RingListener(UringTransport transport, ListenerOptions listening, ChannelListener<? super StreamConnection> opened)
            throws IOException {
        this.transport = transport;
        this.opened = opened;
        boolean everyLoop = transport.options().placement() == Placement.KERNEL;
        InetSocketAddress bound = listening.address();
        try {
            for (int i = 0; i < (everyLoop ? transport.loops().size() : 1); i++) {
                Socket server = bind(bound, listening, transport.options(), everyLoop);
                acceptors.add(new Acceptor(
                        transport, this, (RingLoop) transport.loops().get(i).thread(), server));
                bound = Objects.requireNonNull(server.localAddress(), "a bound socket has an address");
            }
        } catch (IOException | RuntimeException e) {
            acceptors.forEach(Acceptor::close);
            throw e;
        }
        this.address = bound;
        acceptors.forEach(Acceptor::start);
    }

    private static Socket bind(
            InetSocketAddress address, ListenerOptions listening, TransportOptions options, boolean everyLoop)
            throws IOException {
        Socket server = Socket.newSocketStream();
        try {
            server.setReuseAddress(true);
            server.setReusePort(listening.reusePort() || everyLoop);
            // Accepted sockets inherit these.
            server.setTcpNoDelay(options.tcpNoDelay());
            server.setKeepAlive(options.tcpKeepAlive());
            if (options.receiveBuffer() > 0) {
                server.setReceiveBufferSize(options.receiveBuffer());
            }
            if (options.sendBuffer() > 0) {
                server.setSendBufferSize(options.sendBuffer());
            }
            if (listening.fastOpen() > 0) {
                server.setIntOpt(IPPROTO_TCP, TCP_FASTOPEN, listening.fastOpen());
            }
            server.bind(address);
            server.listen(listening.backlog());
            return server;
        } catch (Errors.NativeIoException e) {
            server.close();
            BindException failure = new BindException(address + ": " + e.getMessage());
            failure.initCause(e);
            throw failure;
        } catch (IOException | RuntimeException e) {
            server.close();
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

    /** Places an accepted descriptor; on the accepting loop. */
    void accepted(RingLoop home, int descriptor) {
        accepted.increment();
        RingLoop target = (RingLoop) transport.place(home);
        Socket socket = new Socket(descriptor);
        if (target == home) {
            open(target, socket);
        } else {
            target.executeAlways(() -> open(target, socket));
        }
    }

    private void open(RingLoop loop, Socket socket) {
        InetSocketAddress peer = socket.remoteAddress();
        InetSocketAddress local = socket.localAddress();
        try {
            if (peer == null || local == null) {
                throw new IOException("the peer was gone before the connection was opened");
            }
            RingConnection connection = new RingConnection(transport, loop, socket, peer, local);
            ChannelListeners.invokeChannelListener(connection, opened);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection was not opened", e);
            loop.loop().counters().connectionClosed();
            try {
                socket.close();
            } catch (IOException suppressed) {
                LOG.log(System.Logger.Level.DEBUG, "closing it failed", suppressed);
            }
        }
    }

    void failed(RingLoop loop, int error, Runnable again) {
        LOG.log(
                System.Logger.Level.WARNING,
                "accepting at " + address + " failed (is the limit of open files reached?); trying again in 100 ms",
                Errors.newIOException("accept", error));
        loop.later(again, TimeUnit.MILLISECONDS.toNanos(100));
    }
}
