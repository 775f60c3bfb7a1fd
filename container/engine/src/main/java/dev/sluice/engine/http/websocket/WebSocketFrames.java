package dev.sluice.engine.http.websocket;

import dev.sluice.engine.http.UpgradedConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * Whole messages on one WebSocket connection. Pings are answered here. After each message nothing more is read until
 * {@link #resume}, so a slow receiver slows the client down. Sending, resuming and closing may be done by any thread.
 *
 * <pre>
 * OPEN --close--> CLOSE_SENT --close frame of the client--> DONE
 *   +--close frame of the client, answered---------------> DONE
 *   +--the client breaks the rules and is told why-------> DONE
 * </pre>
 *
 * <p>What a client sends in {@code CLOSE_SENT} is read and checked, but only its close frame counts; in {@code DONE} it is dropped until the
 * client ends the connection, or some seconds have passed.
 */
public final class WebSocketFrames {
    private static final Duration CLOSE_TIME = Duration.ofSeconds(5);

    private enum State {
        OPEN,
        CLOSE_SENT,
        DONE
    }

    private final LoopStream stream;
    private final FrameReader reader;
    private final Receiver receiver;
    private final Runnable wanting = this::want;
    private final AtomicBoolean closing = new AtomicBoolean();

    // On the loop only.
    private State state = State.OPEN;
    private boolean wanted;
    private boolean reported;

    /** Gets what arrives, on the loop, so it must not block. */
    public interface Receiver {
        /** A text message; {@link WebSocketFrames#resume} asks for the next. */
        void text(String message);

        /** A binary message in a buffer of its own; {@link WebSocketFrames#resume} asks for the next. */
        void binary(ByteBuffer message);

        /** A pong; {@link WebSocketFrames#resume} asks for the next message. */
        void pong(ByteBuffer data);

        /**
         * The connection is over; called once, and nothing after it.
         *
         * @param failure what broke it, or null
         */
        void closed(int code, String reason, @Nullable Throwable failure);
    }

    private WebSocketFrames(UpgradedConnection connection, int maximumMessageSize, Receiver receiver) {
        this.receiver = receiver;
        reader = new FrameReader(maximumMessageSize);
        stream = new LoopStream(connection, new Protocol());
    }

    /**
     * Takes the connection over; reading begins with the first {@link #resume}. On the loop.
     *
     * @param maximumMessageSize longer messages, in bytes, close the connection with 1009
     */
    public static WebSocketFrames open(UpgradedConnection connection, int maximumMessageSize, Receiver receiver) {
        return new WebSocketFrames(connection, maximumMessageSize, receiver);
    }

    /** Reads until the next message. */
    public void resume() {
        stream.onLoop(wanting);
    }

    private void want() {
        wanted = true;
        stream.ask();
    }

    /** Sends a text message; completes when the connection has taken it, or has room for more. */
    public CompletableFuture<Void> text(String message) {
        return send(Frame.text(message));
    }

    /** Sends a binary message, whose buffer must not be changed any more. */
    public CompletableFuture<Void> binary(ByteBuffer message) {
        return send(Frame.binary(message));
    }

    /** Sends a ping, whose buffer must not be changed any more. */
    public CompletableFuture<Void> ping(ByteBuffer data) {
        return send(Frame.ping(data));
    }

    private CompletableFuture<Void> send(Frame frame) {
        return open()
                ? stream.write(frame.head(), frame.payload())
                : CompletableFuture.failedFuture(new ClosedChannelException());
    }

    /**
     * Starts the closing handshake; a client that does not finish it within some seconds is cut off. Does nothing if the connection is closing.
     *
     * @param code one that may be sent: {@link CloseCodes#sendable}
     */
    public void close(int code, String reason) {
        if (!CloseCodes.sendable(code)) {
            throw new IllegalArgumentException(
                    "code: " + code + " (expected: 1000 to 1003, 1007 to 1014, or 3000 to 4999)");
        }
        if (closing.compareAndSet(false, true)) {
            sendClose(code, reason);
            stream.onLoop(() -> {
                if (state == State.OPEN) {
                    state = State.CLOSE_SENT;
                    stream.endIn(CLOSE_TIME);
                    stream.ask();
                }
            });
        }
    }

    private void sendClose(int code, String reason) {
        Frame frame = Frame.close(code, reason);
        stream.queueLast(frame.head(), frame.payload());
    }

    /** Closes the connection without a handshake. */
    public void abort() {
        stream.abort();
    }

    /** Whether messages can be sent. */
    public boolean open() {
        return !closing.get() && !stream.over();
    }

    /** Whether this thread is a loop's own, which must not wait for a future. */
    public static boolean onLoop() {
        return Thread.currentThread() instanceof XnioIoThread;
    }

    private void report(int code, String reason, @Nullable Throwable failure) {
        if (!reported) {
            reported = true;
            receiver.closed(code, reason, failure);
        }
    }

    /** What the stream brings. */
    private final class Protocol implements LoopStream.Owner {
        @Override
        public boolean ready() {
            return wanted || state != State.OPEN;
        }

        @Override
        public void read(ByteBuffer bytes) {
            try {
                while (state != State.DONE && ready() && !stream.full()) {
                    Message message = reader.next(bytes);
                    if (message == null) {
                        return;
                    }
                    handle(message);
                }
            } catch (FrameException e) {
                refuse(e);
            }
        }

        private void handle(Message message) {
            if (message instanceof Message.Close close) {
                closed(close);
            } else if (state == State.OPEN) {
                deliver(message);
            }
        }

        private void deliver(Message message) {
            if (message instanceof Message.Ping ping) {
                if (!closing.get()) {
                    Frame pong = Frame.pong(ping.data());
                    stream.queue(pong.head(), pong.payload());
                }
                return;
            }
            wanted = false;
            if (message instanceof Message.Text text) {
                receiver.text(text.value());
            } else if (message instanceof Message.Binary binary) {
                receiver.binary(binary.value());
            } else if (message instanceof Message.Pong pong) {
                receiver.pong(pong.data());
            }
        }

        private void closed(Message.Close close) {
            state = State.DONE;
            if (closing.compareAndSet(false, true)) {
                sendClose(close.code(), close.reason());
            }
            report(close.code(), close.reason(), null);
            stream.finish(CLOSE_TIME);
        }

        /** The client is told why; it gets the time to read it. */
        private void refuse(FrameException why) {
            state = State.DONE;
            if (closing.compareAndSet(false, true)) {
                sendClose(why.code(), why.reason());
            }
            report(why.code(), "", why);
            stream.finish(CLOSE_TIME);
        }

        @Override
        public void over(@Nullable IOException failure) {
            closing.set(true);
            report(CloseCodes.ABNORMAL, "", failure);
        }
    }
}
