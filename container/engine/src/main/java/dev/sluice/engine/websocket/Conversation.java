package dev.sluice.engine.websocket;

import dev.sluice.api.HandlerContext;
import dev.sluice.api.WebSocketConnection;
import dev.sluice.api.WebSocketListener;
import dev.sluice.api.WebSocketUpgrade;
import dev.sluice.engine.http.UpgradedConnection;
import dev.sluice.engine.http.websocket.WebSocketFrames;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection of an application.
 *
 * <pre>
 * start --onOpen--> OPEN --message, onText/onBinary/onPong, next message--> OPEN --closed--> onClose --> over
 *                     +--a method of the listener throws--> onError, close 1011 --closed--> onClose --> over
 * </pre>
 *
 * <p>The listener is called on the lane, one call at a time; frames arrive on the loop.
 */
public final class Conversation implements WebSocketConnection, WebSocketFrames.Receiver {
    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

    private final WebSocketListener listener;
    private final int maximumMessageSize;
    private final HandlerContext context;
    private final Optional<String> subprotocol;
    private final Executor lane;
    private final Consumer<Conversation> whenOver;
    private volatile @Nullable WebSocketFrames frames;
    private volatile @Nullable Throwable failure;

    /**
     * A connection about to be upgraded.
     *
     * @param lane runs the application's code, with its class loader
     * @param whenOver called on the lane after {@link WebSocketListener#onClose}
     */
    public Conversation(
            WebSocketUpgrade upgrade,
            HandlerContext context,
            Optional<String> subprotocol,
            Executor lane,
            Consumer<Conversation> whenOver) {
        this.listener = upgrade.listener();
        this.maximumMessageSize = upgrade.maximumMessageSize();
        this.context = context;
        this.subprotocol = subprotocol;
        this.lane = new SerialExecutor(lane);
        this.whenOver = whenOver;
    }

    /** The head was sent and the connection is ours; on the loop. */
    public void start(UpgradedConnection connection) {
        WebSocketFrames opened = WebSocketFrames.open(connection, maximumMessageSize, this);
        frames = opened;
        lane.execute(() -> {
            guarded(() -> listener.onOpen(this));
            opened.resume();
        });
    }

    /** The client went away before the connection was ours; the listener has never heard of it. */
    public void neverStarted() {
        if (frames == null) {
            lane.execute(() -> whenOver.accept(this));
        }
    }

    /** What a method of the listener threw, or what broke the connection; null if it went well. */
    public @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public void text(String message) {
        deliver(() -> listener.onText(this, message));
    }

    @Override
    public void binary(ByteBuffer message) {
        deliver(() -> listener.onBinary(this, message));
    }

    @Override
    public void pong(ByteBuffer data) {
        deliver(() -> listener.onPong(this, data));
    }

    @Override
    public void closed(int code, String reason, @Nullable Throwable cause) {
        lane.execute(() -> {
            if (cause != null && failure == null) {
                failure = cause;
                quietly(() -> listener.onError(this, cause));
            }
            quietly(() -> listener.onClose(this, code, reason));
            whenOver.accept(this);
        });
    }

    private interface Delivery {
        void run() throws Exception;
    }

    private void deliver(Delivery delivery) {
        lane.execute(() -> {
            if (failure == null) {
                guarded(delivery);
            }
            frames().resume();
        });
    }

    private void guarded(Delivery delivery) {
        try {
            delivery.run();
        } catch (Exception | Error e) {
            failure = e;
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the listener of a WebSocket connection failed; it is closed with 1011 [" + context.requestId()
                            + "]",
                    e);
            quietly(() -> listener.onError(this, e));
            close(SERVER_ERROR, "");
        }
    }

    private void quietly(Delivery delivery) {
        try {
            delivery.run();
        } catch (Exception | Error e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "a listener of a WebSocket connection failed while it was closed [" + context.requestId() + "]",
                    e);
        }
    }

    private WebSocketFrames frames() {
        return Objects.requireNonNull(frames, "the connection has not been started");
    }

    @Override
    public HandlerContext context() {
        return context;
    }

    @Override
    public Optional<String> subprotocol() {
        return subprotocol;
    }

    @Override
    public void send(String message) throws IOException {
        await(frames().text(message));
    }

    @Override
    public void send(ByteBuffer message) throws IOException {
        // Copied, because nobody waits until it was taken while there is room.
        ByteBuffer copy = ByteBuffer.allocate(message.remaining());
        await(frames().binary(copy.put(message).flip()));
    }

    @Override
    public void ping(ByteBuffer data) throws IOException {
        if (data.remaining() > 125) {
            throw new IllegalArgumentException("ping: " + data.remaining() + " bytes (expected: at most 125)");
        }
        ByteBuffer copy = ByteBuffer.allocate(data.remaining());
        await(frames().ping(copy.put(data).flip()));
    }

    @Override
    public void close(int code, String reason) {
        WebSocketFrames started = frames;
        if (started != null) {
            started.close(code, reason);
        }
    }

    /** Closes the connection without a handshake, if there is one. */
    public void abort() {
        WebSocketFrames started = frames;
        if (started != null) {
            started.abort();
        }
    }

    @Override
    public boolean open() {
        WebSocketFrames started = frames;
        return started != null && started.open();
    }

    private void await(CompletableFuture<Void> sent) throws IOException {
        try {
            if (!WebSocketFrames.onLoop()) {
                sent.get();
            } else if (sent.isCompletedExceptionally()) {
                sent.get(); // Throws at once; what is still on its way is sent by the loop after this.
            }
        } catch (ExecutionException e) {
            throw new IOException("sending on a WebSocket connection failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while sending on a WebSocket connection");
        }
    }
}
