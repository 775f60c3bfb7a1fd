package dev.sluice.transport.uring;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NotYetConnectedException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The descriptor of one connection and everybody who uses it.
 *
 * <pre>
 * open --close--&gt; draining (accepted bytes are still sent, at most 5 s)
 *                 --sent, failed or late--&gt; closing (operations are cancelled, no new ones)
 *                 --no operation and no direct call left--&gt; closed (the descriptor is given back)
 * </pre>
 */
final class RingSocket implements Ring.Handler, RingLoop.Member {
    static final int ECANCELED = 125;

    private static final System.Logger LOG = System.getLogger(RingSocket.class.getName());
    private static final int CLOSING = 1 << 30;
    private static final int RECEIVE = 1;
    private static final int SEND = 2;
    private static final int ROOM = 3;
    private static final int POLLOUT = 4;
    private static final int MSG_WAITALL = 0x100;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final RingConnection connection;
    private final RingLoop loop;
    private final Socket socket;
    private final Ring.Registration registration;
    private final AtomicInteger users = new AtomicInteger(); // direct calls under way, and CLOSING

    // On the loop only:
    private long receive;
    private long send;
    private boolean receiving;
    private boolean sending;
    private boolean noted;
    private boolean draining;
    private boolean closed;

    RingSocket(RingConnection connection, RingLoop loop, Socket socket) throws IOException {
        this.connection = connection;
        this.loop = loop;
        this.socket = socket;
        this.registration = loop.ring().register(this);
        loop.join(this);
    }

    RingLoop loop() {
        return loop;
    }

    Socket options() {
        return socket;
    }

    // direct calls, from any thread

    private boolean enter() {
        for (int now = users.get(); (now & CLOSING) == 0; now = users.get()) {
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    private void leave() {
        if (users.decrementAndGet() == CLOSING) {
            loop.executeAlways(this::closeIfUnused);
        }
    }

    /** Receives without waiting: a count, 0 if nothing is there, -1 at the end. */
    int receiveNow(ByteBuffer target) throws IOException {
        if (!enter()) {
            return -1;
        }
        try {
            int count = socket.recv(target, target.position(), target.limit());
            if (count > 0) {
                target.position(target.position() + count);
            }
            return count;
        } finally {
            leave();
        }
    }

    /** Sends without waiting: a count, 0 if the kernel takes nothing now. */
    int sendNow(ByteBuffer source) throws IOException {
        if (!enter()) {
            return 0;
        }
        try {
            int count = socket.send(source, source.position(), source.limit());
            source.position(source.position() + count);
            return count;
        } finally {
            leave();
        }
    }

    /** Sends a part of a file without waiting: see {@link FileSender#send}. */
    long sendNow(FileSender files, FileChannel source, long position, long count) throws IOException {
        if (!enter()) {
            return FileSender.FULL;
        }
        try {
            return files.send(socket, source, position, count);
        } finally {
            leave();
        }
    }

    void shutdownOutput() {
        if (enter()) {
            try {
                socket.shutdown(false, true);
            } catch (IOException | NotYetConnectedException e) {
                LOG.log(System.Logger.Level.TRACE, "the peer was gone before the write side was shut down", e);
            } finally {
                leave();
            }
        }
    }

    void shutdownInput() {
        if (enter()) {
            try {
                socket.shutdown(true, false);
            } catch (IOException | NotYetConnectedException e) {
                LOG.log(System.Logger.Level.TRACE, "the peer was gone before the read side was shut down", e);
            } finally {
                leave();
            }
        }
    }

    // operations, on the loop

    /** Whether something can still be submitted. */
    boolean isUsable() {
        return (users.get() & CLOSING) == 0;
    }

    /** Has {@link RingConnection#submitNow} called at the end of the turn. A thread that was on the loop may have left it. */
    void wants() {
        if (!loop.loop().enter()) {
            loop.executeAlways(this::wants);
            return;
        }
        try {
            if (!noted && !closed) {
                noted = true;
                loop.wants(this);
            }
        } finally {
            loop.loop().leave();
        }
    }

    @Override
    public void submitNow() {
        noted = false;
        if (isUsable()) {
            connection.submitNow();
        }
    }

    /** Arms a receive; {@code later} if nothing is there as far as anybody knows, which saves the kernel a look. */
    void receive(long address, int length, boolean later) {
        Ring.Operation operation = later ? Ring.Operation.RECEIVE_LATER : Ring.Operation.RECEIVE;
        receive = registration.submit(operation, socket.intValue(), address, length, 0, RECEIVE);
        receiving = true;
    }

    void send(long address, int length) {
        send = registration.submit(
                Ring.Operation.SEND, socket.intValue(), address, length, MSG_WAITALL | MSG_NOSIGNAL, SEND);
        sending = true;
    }

    /** Waits for room in the kernel, in place of a send. */
    void awaitRoom() {
        send = registration.submit(Ring.Operation.AWAIT_ROOM, socket.intValue(), 0, 0, POLLOUT, ROOM);
        sending = true;
    }

    @Override
    public void completed(int tag, int result, boolean more) {
        if (tag == RECEIVE) {
            receiving = false;
            connection.source().received(result);
        } else {
            sending = false;
            // What waiting for room comes to, the next send finds out.
            connection.sink().sent(tag == ROOM ? 0 : result);
        }
        if (draining && !connection.sink().hasAccepted()) {
            closeNowOrWhenUnused();
        } else if (!isUsable()) {
            closeIfUnused();
        }
    }

    /** Nobody knows what was lost. */
    @Override
    public void failed() {
        closeNow();
        if (draining) {
            closeNowOrWhenUnused();
        }
    }

    // closing

    /** Closes once the accepted bytes are sent, or soon in any case; from any thread. */
    void close() {
        if (loop.loop().isActing()) {
            drain();
        } else {
            loop.executeAlways(this::drain);
        }
    }

    private void drain() {
        if (draining || closed) {
            return;
        }
        draining = true;
        if (!connection.sink().hasAccepted()) {
            closeNowOrWhenUnused();
        } else {
            wants();
            loop.later(this::closeNowOrWhenUnused, DRAIN_NANOS);
        }
    }

    @Override
    public void closeNow() {
        connection.closeQuietly();
    }

    private void closeNowOrWhenUnused() {
        if (closed) {
            return;
        }
        int before = users.getAndUpdate(now -> now | CLOSING);
        if ((before & CLOSING) == 0) {
            if (receiving) {
                registration.cancel(receive);
            }
            if (sending) {
                registration.cancel(send);
            }
        }
        closeIfUnused();
    }

    private void closeIfUnused() {
        if (closed || receiving || sending || users.get() != CLOSING) {
            return;
        }
        closed = true;
        connection.source().release();
        connection.sink().release();
        registration.release();
        loop.leave(this);
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing a socket failed", e);
        }
        loop.loop().counters().connectionClosed();
    }
}
