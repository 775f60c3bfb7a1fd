package dev.sluice.transport.loop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xnio.Option;
import org.xnio.Options;
import org.xnio.StreamConnection;

/** A TCP connection on a loop: its addresses, which outlive the socket, and its options. */
public abstract class SocketConnection extends StreamConnection {
    private static final Set<Option<?>> OPTIONS = Set.of(
            Options.CLOSE_ABORT,
            Options.KEEP_ALIVE,
            Options.TCP_NODELAY,
            Options.RECEIVE_BUFFER,
            Options.SEND_BUFFER,
            Options.READ_TIMEOUT,
            Options.WRITE_TIMEOUT);

    private final LoopThread thread;
    private final InetSocketAddress peer;
    private final InetSocketAddress local;
    private final Timeouts timeouts = new Timeouts();

    /** A connection that belongs to the loop, counted there already. */
    protected SocketConnection(LoopThread thread, InetSocketAddress peer, InetSocketAddress local) {
        super(thread);
        this.thread = thread;
        this.peer = peer;
        this.local = local;
    }

    /** The loop's thread. */
    public final LoopThread loopThread() {
        return thread;
    }

    /** The limits for reads and writes that make no progress. */
    public final Timeouts timeouts() {
        return timeouts;
    }

    @Override
    public final SocketAddress getPeerAddress() {
        return peer;
    }

    @Override
    public final SocketAddress getLocalAddress() {
        return local;
    }

    @Override
    public final boolean supportsOption(Option<?> option) {
        return OPTIONS.contains(option);
    }

    /** Reads an option of the socket itself. */
    protected abstract int socketOption(Option<?> option) throws IOException;

    /** Changes an option of the socket itself; booleans are 0 and 1. */
    protected abstract void socketOption(Option<?> option, int value) throws IOException;

    @Override
    public final <T> @Nullable T getOption(Option<T> option) throws IOException {
        if (option == Options.READ_TIMEOUT) {
            return option.cast(timeouts.readMillis());
        }
        if (option == Options.WRITE_TIMEOUT) {
            return option.cast(timeouts.writeMillis());
        }
        if (!OPTIONS.contains(option)) {
            return null;
        }
        int value = socketOption(option);
        return isBoolean(option) ? option.cast(value != 0) : option.cast(value);
    }

    @Override
    public final <T> @Nullable T setOption(Option<T> option, @Nullable T value) throws IOException {
        if (!OPTIONS.contains(option)) {
            return null;
        }
        T old = getOption(option);
        int number = value instanceof Boolean flag ? (flag ? 1 : 0) : value instanceof Integer count ? count : 0;
        if (option == Options.READ_TIMEOUT) {
            timeouts.readMillis(number);
        } else if (option == Options.WRITE_TIMEOUT) {
            timeouts.writeMillis(number);
        } else {
            socketOption(option, number);
        }
        return old;
    }

    private static boolean isBoolean(Option<?> option) {
        return option == Options.CLOSE_ABORT || option == Options.KEEP_ALIVE || option == Options.TCP_NODELAY;
    }
}
