package dev.sluice.transport.uring;

import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.TransportOptions;
import dev.sluice.transport.loop.LoopListener;
import dev.sluice.transport.loop.LoopThread;
import dev.sluice.transport.loop.StandIn;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.NotYetConnectedException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.StreamConnection;

/**
 * The accepting of one listening socket on one loop. The ring only waits for connections, and the loop takes them: the kernel would give them
 * to a loop that is held, where nobody finds them. The descriptor is closed when the waiting has ended, and the kernel refuses connections
 * from the moment that {@link #close} is called.
 */
final class Acceptor implements LoopListener.Acceptor, RingLoop.Member, Ring.Handler {
    private static final System.Logger LOG = System.getLogger(Acceptor.class.getName());
    private static final int POLLIN = 1;
    private static final int LONGEST_ADDRESS = 128;
    private static final int BATCH = 64;

    private static final int IPPROTO_TCP = 6;
    private static final int TCP_FASTOPEN = 23;

    private final UringTransport transport;
    private final LoopListener listener;
    private final ChannelListener<? super StreamConnection> opened;
    private final RingLoop loop;
    private final Socket server;
    private final InetSocketAddress address;
    private final StandIn standIn;
    private Ring.@Nullable Registration registration;
    private volatile boolean resumed = true;
    private volatile boolean closing;
    private boolean armed;
    private boolean closed;
    private long submission;

    Acceptor(
            UringTransport transport,
            LoopListener listener,
            RingLoop loop,
            Socket server,
            ChannelListener<? super StreamConnection> opened) {
        this.transport = transport;
        this.listener = listener;
        this.opened = opened;
        this.loop = loop;
        this.server = server;
        this.address = Objects.requireNonNull(server.localAddress(), "a bound socket has an address");
        this.standIn = new StandIn(transport, loop.loop(), this::acceptForLoop);
    }

    static Socket bind(InetSocketAddress address, ListenerOptions listening, TransportOptions options, boolean shared)
            throws IOException {
        Socket server = Socket.newSocketStream();
        try {
            server.setReuseAddress(true);
            server.setReusePort(shared);
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
    public void start() {
        loop.execute(() -> {
            try {
                registration = loop.ring().register(this);
                loop.join(this);
                change();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.ERROR, "nothing is accepted on " + loop.getName(), e);
                close();
            }
        });
    }

    @Override
    public void resume(boolean on) {
        resumed = on;
        loop.executeAlways(this::change);
    }

    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        standIn.close();
        try {
            server.shutdown();
        } catch (IOException | NotYetConnectedException e) {
            LOG.log(System.Logger.Level.TRACE, "the listening socket was not listening", e);
        }
        loop.executeAlways(this::change);
    }

    /** On another loop, while this one is held. */
    private void acceptForLoop(LoopThread current) {
        try {
            acceptAll(current);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "accepting for a loop that is held failed; tried again", e);
        }
    }

    /** Accepts what has arrived; on the loop that it gets. */
    private void acceptAll(LoopThread current) throws IOException {
        byte[] peer = new byte[LONGEST_ADDRESS];
        for (int i = 0; i < BATCH && resumed && !closing; i++) {
            int descriptor = server.accept(peer);
            if (descriptor < 0) {
                return;
            }
            place(current, descriptor);
        }
    }

    private void place(LoopThread current, int descriptor) {
        Socket socket = new Socket(descriptor);
        try {
            listener.place(current, target -> open((RingLoop) target, socket));
        } catch (Throwable e) {
            close(socket);
            throw e;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing an accepted socket failed", e);
        }
    }

    private void open(RingLoop target, Socket socket) {
        try {
            InetSocketAddress peer = socket.remoteAddress();
            InetSocketAddress local = socket.localAddress();
            if (peer == null || local == null) {
                throw new IOException("it has no addresses any more");
            }
            RingConnection connection = new RingConnection(transport, target, socket, peer, local);
            ChannelListeners.invokeChannelListener(connection, opened);
        } catch (Throwable e) {
            listener.gone(target, e);
            close(socket);
        }
    }

    @Override
    public void closeNow() {
        close();
    }

    /** Brings what is armed in line with what is wanted; on the loop. */
    private void change() {
        Ring.Registration ring = registration;
        if (closed) {
            return;
        }
        if (closing && !armed) {
            closed = true;
            loop.leave(this);
            if (ring != null) {
                ring.release();
            }
            try {
                server.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "closing a listening socket failed", e);
            }
        } else if (ring != null && armed && (closing || !resumed)) {
            ring.cancel(submission);
        } else if (ring != null && !armed && resumed) {
            loop.wants(this);
        }
    }

    @Override
    public void submitNow() {
        Ring.Registration ring = registration;
        if (ring != null && !armed && resumed && !closing) {
            armed = true;
            submission = ring.submit(Ring.Operation.AWAIT_CONNECTIONS, server.intValue(), 0, 0, POLLIN, 0);
        }
    }

    /** What was accepted is lost; the next ones are not. */
    @Override
    public void failed() {
        change();
    }

    @Override
    public void completed(int tag, int result, boolean more) {
        armed = false;
        if (result < 0 && result != -RingSocket.ECANCELED && !closing) {
            listener.failed(loop, Errors.newIOException("accept", result), this::change);
            return;
        }
        try {
            acceptAll(loop);
        } catch (IOException e) {
            listener.failed(loop, e, this::change);
            return;
        }
        change();
    }
}
