package dev.sluice.transport.uring;

import dev.sluice.transport.loop.StandIn;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * The multi-shot accept of one listening socket on one loop. The descriptor is closed when the accept has ended, and the kernel refuses
 * connections from the moment that {@link #close} is called.
 */
final class Acceptor implements RingLoop.Member, Ring.Handler {
    private static final System.Logger LOG = System.getLogger(Acceptor.class.getName());
    /** SOCK_NONBLOCK and SOCK_CLOEXEC: an accepted socket would block a direct send otherwise. */
    private static final int SOCKET_FLAGS = 0x800 | 0x80000;

    private static final int LONGEST_ADDRESS = 128;
    private static final int BATCH = 64;

    private final RingListener listener;
    private final RingLoop loop;
    private final Socket server;
    private final StandIn standIn;
    private Ring.@Nullable Registration registration;
    private volatile boolean resumed = true;
    private volatile boolean closing;
    private boolean armed;
    private boolean closed;
    private long submission;

    Acceptor(UringTransport transport, RingListener listener, RingLoop loop, Socket server) {
        this.listener = listener;
        this.loop = loop;
        this.server = server;
        this.standIn = new StandIn(transport, loop.loop(), other -> acceptAll((RingLoop) other));
    }

    void start() {
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

    void resume(boolean on) {
        resumed = on;
        loop.executeAlways(this::change);
    }

    void close() {
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

    /** Accepts without the ring, whose loop is held. */
    private void acceptAll(RingLoop current) {
        byte[] address = new byte[LONGEST_ADDRESS];
        try {
            for (int i = 0; i < BATCH && resumed && !closing; i++) {
                int descriptor = server.accept(address);
                if (descriptor < 0) {
                    return;
                }
                listener.accepted(current, descriptor);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "accepting for a loop that is held failed; tried again", e);
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
            submission = ring.submit(Ring.Operation.ACCEPT_MANY, server.intValue(), 0, 0, SOCKET_FLAGS, 0);
        }
    }

    @Override
    public void completed(int tag, int result, boolean more) {
        armed = more;
        if (result >= 0) {
            listener.accepted(loop, result);
        } else if (result != -RingSocket.ECANCELED && !closing) {
            listener.failed(loop, result, this::change);
            return;
        }
        if (!more) {
            change();
        }
    }
}
