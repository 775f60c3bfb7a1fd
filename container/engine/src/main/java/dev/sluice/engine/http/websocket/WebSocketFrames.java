package dev.sluice.engine.http.websocket;

import dev.sluice.engine.http.UpgradedConnection;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.core.protocol.version13.WebSocket13Channel;
import io.undertow.websockets.extensions.NoopExtensionFunction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Pooled;
import org.xnio.XnioIoThread;

/**
 * Whole messages on one WebSocket connection. Pings are answered here. After each message nothing more is read until
 * {@link #resume}, so a slow receiver slows the client down. Sending, resuming and closing may be done by any thread.
 */
public final class WebSocketFrames {
    /** What a broken connection is reported as; never sent (RFC 6455, 7.4.1). */
    private static final int ABNORMAL = 1006;

    private static final int NO_STATUS = 1005;
    private static final int MAXIMUM_REASON = 123;
    private static final long CLOSE_SECONDS = 5;

    private final WebSocketChannel channel;
    private final XnioIoThread loop;
    private final Receiver receiver;
    private final AtomicBoolean over = new AtomicBoolean();

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

    private WebSocketFrames(UpgradedConnection connection, String url, int maximumMessageSize, Receiver receiver) {
        this.receiver = receiver;
        Set<WebSocketChannel> peers = ConcurrentHashMap.newKeySet();
        channel = new WebSocket13Channel(
                connection.channel(),
                connection.buffers(),
                url,
                "",
                false,
                false,
                NoopExtensionFunction.INSTANCE,
                peers,
                OptionMap.EMPTY);
        loop = connection.channel().getIoThread();
        channel.getReceiveSetter().set(new Listener(maximumMessageSize));
        channel.addCloseTask(closed -> end(ABNORMAL, "", null));
    }

    /**
     * Takes the connection over; reading begins with the first {@link #resume}.
     *
     * @param url the address of the resource, for messages
     * @param maximumMessageSize longer messages, in bytes, close the connection with 1009
     */
    public static WebSocketFrames open(
            UpgradedConnection connection, String url, int maximumMessageSize, Receiver receiver) {
        return new WebSocketFrames(connection, url, maximumMessageSize, receiver);
    }

    /** Reads until the next message. */
    public void resume() {
        channel.resumeReceives();
    }

    /** Sends a text message; completes when the connection has taken it. */
    public CompletableFuture<Void> text(String message) {
        Sent sent = new Sent();
        WebSockets.sendText(message, channel, sent);
        return sent.future;
    }

    /** Sends a binary message; the buffer must not be changed before the future completes. */
    public CompletableFuture<Void> binary(ByteBuffer message) {
        Sent sent = new Sent();
        WebSockets.sendBinary(message, channel, sent);
        return sent.future;
    }

    /** Sends a ping. */
    public CompletableFuture<Void> ping(ByteBuffer data) {
        Sent sent = new Sent();
        WebSockets.sendPing(data, channel, sent);
        return sent.future;
    }

    /** Starts the closing handshake; a client that does not finish it within some seconds is cut off. */
    public void close(int code, String reason) {
        if (!open()) {
            return;
        }
        WebSockets.sendClose(code, shortened(reason), channel, null);
        channel.resumeReceives();
        cutOffLater();
    }

    /** Closes the connection without a handshake. */
    public void abort() {
        IoUtils.safeClose(channel);
    }

    /** Whether messages can be sent. */
    public boolean open() {
        return channel.isOpen() && !channel.isCloseFrameSent() && !channel.isCloseFrameReceived();
    }

    /** Whether this thread is a loop's own, which must not wait for a future. */
    public static boolean onLoop() {
        return Thread.currentThread() instanceof XnioIoThread;
    }

    private void cutOffLater() {
        try {
            loop.executeAfter(this::abort, CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            abort(); // The loop ends and has no timers any more.
        }
    }

    private void end(int code, String reason, @Nullable Throwable failure) {
        if (over.compareAndSet(false, true)) {
            receiver.closed(code, reason, failure);
        }
    }

    /** RFC 6455, 5.5.1: a control frame has at most 125 bytes, two of them for the code. */
    private static String shortened(String reason) {
        String text = reason;
        while (text.getBytes(StandardCharsets.UTF_8).length > MAXIMUM_REASON) {
            text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
        }
        return text;
    }

    private static ByteBuffer copy(Pooled<ByteBuffer[]> data) {
        try {
            ByteBuffer merged = WebSockets.mergeBuffers(data.getResource());
            ByteBuffer copy = ByteBuffer.allocate(merged.remaining());
            return copy.put(merged).flip();
        } finally {
            data.free();
        }
    }

    /** Completes a future when a frame was taken. */
    private static final class Sent implements WebSocketCallback<Void> {
        private final CompletableFuture<Void> future = new CompletableFuture<>();

        @Override
        public void complete(WebSocketChannel from, @Nullable Void context) {
            future.complete(null);
        }

        @Override
        public void onError(WebSocketChannel from, @Nullable Void context, @Nullable Throwable failure) {
            future.completeExceptionally(failure == null ? new ClosedChannelException() : failure);
        }
    }

    private final class Listener extends AbstractReceiveListener {
        private final int limit;

        Listener(int limit) {
            this.limit = limit;
        }

        @Override
        protected void onFullTextMessage(WebSocketChannel from, BufferedTextMessage message) {
            from.suspendReceives();
            receiver.text(message.getData());
        }

        @Override
        protected void onFullBinaryMessage(WebSocketChannel from, BufferedBinaryMessage message) {
            from.suspendReceives();
            receiver.binary(copy(message.getData()));
        }

        @Override
        protected void onFullPongMessage(WebSocketChannel from, BufferedBinaryMessage message) {
            from.suspendReceives();
            receiver.pong(copy(message.getData()));
        }

        @Override
        protected void onFullCloseMessage(WebSocketChannel from, BufferedBinaryMessage message) throws IOException {
            ByteBuffer data = copy(message.getData());
            boolean empty = !data.hasRemaining();
            CloseMessage close = new CloseMessage(new ByteBuffer[] {data});
            if (!from.isCloseFrameSent()) {
                WebSockets.sendClose(close, from, null);
            }
            end(empty ? NO_STATUS : close.getCode(), empty ? "" : close.getReason(), null);
            cutOffLater();
        }

        /** Called by the channel when the connection ended without a close frame. */
        @Override
        protected void onCloseMessage(CloseMessage message, WebSocketChannel from) {
            end(ABNORMAL, "", new ClosedChannelException());
        }

        @Override
        protected void onError(WebSocketChannel from, Throwable failure) {
            if (from.isCloseFrameSent()) {
                // The peer is told why; it gets the time to read it.
                end(from.getCloseCode() > 0 ? from.getCloseCode() : ABNORMAL, "", failure);
                cutOffLater();
            } else {
                end(ABNORMAL, "", failure);
                abort();
            }
        }

        @Override
        protected long getMaxTextBufferSize() {
            return limit;
        }

        @Override
        protected long getMaxBinaryBufferSize() {
            return limit;
        }
    }
}
