package dev.sluice.api.testing;

import dev.sluice.api.HandlerContext;
import dev.sluice.api.WebSocketConnection;
import dev.sluice.api.WebSocketListener;
import dev.sluice.api.WebSocketUpgrade;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The client's end of a WebSocket connection in memory. What it sends has been handled by the application on return. */
public final class InMemoryWebSocket implements AutoCloseable {
    private final WebSocketListener listener;
    private final InMemoryContext context;
    private final Answer handshake;
    private final int limit;
    private final Server connection = new Server();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<byte[]> binaries = new CopyOnWriteArrayList<>();
    private volatile int closeCode;
    private @Nullable Throwable failure;

    private InMemoryWebSocket(WebSocketUpgrade upgrade, InMemoryContext context, Answer handshake) {
        this.listener = upgrade.listener();
        this.limit = upgrade.maximumMessageSize();
        this.context = context;
        this.handshake = handshake;
    }

    static InMemoryWebSocket open(WebSocketUpgrade upgrade, InMemoryContext context, Answer handshake) {
        InMemoryWebSocket socket = new InMemoryWebSocket(upgrade, context, handshake);
        socket.deliver(() -> socket.listener.onOpen(socket.connection));
        return socket;
    }

    /** The answer to the handshake. */
    public Answer handshake() {
        return handshake;
    }

    /** Sends a text message to the application. */
    public synchronized void send(String message) {
        if (message.getBytes(StandardCharsets.UTF_8).length > limit) {
            end(WebSocketConnection.TOO_BIG, "");
        } else {
            deliver(() -> listener.onText(connection, message));
        }
    }

    /** Sends a binary message to the application. */
    public synchronized void send(byte[] message) {
        if (message.length > limit) {
            end(WebSocketConnection.TOO_BIG, "");
        } else {
            deliver(() -> listener.onBinary(connection, ByteBuffer.wrap(message.clone())));
        }
    }

    /** Closes the connection from the client's end. */
    public synchronized void close(int code, String reason) {
        end(code, reason);
    }

    /** Closes the connection with {@link WebSocketConnection#NORMAL}, if it is still open. */
    @Override
    public void close() {
        close(WebSocketConnection.NORMAL, "");
    }

    /** The text messages that the application sent so far. */
    public List<String> texts() {
        return List.copyOf(texts);
    }

    /** The binary messages that the application sent so far. */
    public List<byte[]> binaries() {
        return List.copyOf(binaries);
    }

    /** The code with which the connection was closed, or 0 if it is open. */
    public int closeCode() {
        return closeCode;
    }

    /** What a method of the listener threw. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    private interface Delivery {
        void run() throws Exception;
    }

    private void deliver(Delivery delivery) {
        if (closeCode != 0) {
            throw new IllegalStateException("the connection was closed with " + closeCode + " (expected: open)");
        }
        try {
            delivery.run();
        } catch (Exception e) {
            failure = e;
            listener.onError(connection, e);
            end(WebSocketConnection.SERVER_ERROR, "");
        }
    }

    private void end(int code, String reason) {
        if (closeCode != 0) {
            return;
        }
        closeCode = code;
        try {
            listener.onClose(connection, code, reason);
        } catch (Exception e) {
            failure = e;
        }
        context.finish(handshake.status(), failure);
    }

    /** The server's end. */
    private final class Server implements WebSocketConnection {
        @Override
        public HandlerContext context() {
            return context;
        }

        @Override
        public Optional<String> subprotocol() {
            return handshake.header("Sec-WebSocket-Protocol");
        }

        @Override
        public void send(String message) throws IOException {
            checkOpen();
            texts.add(message);
        }

        @Override
        public void send(ByteBuffer message) throws IOException {
            checkOpen();
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            binaries.add(bytes);
        }

        @Override
        public void ping(ByteBuffer data) throws IOException {
            checkOpen();
            deliver(() -> listener.onPong(this, data));
        }

        @Override
        public void close(int code, String reason) {
            end(code, reason);
        }

        @Override
        public boolean open() {
            return closeCode == 0;
        }

        private void checkOpen() throws IOException {
            if (closeCode != 0) {
                throw new IOException("the connection was closed with " + closeCode);
            }
        }
    }
}
