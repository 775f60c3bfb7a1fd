package dev.sluice.engine.http;

import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/** How an exchange ends: whatever is left of the request is dropped, the response flushed, and everybody told once. */
final class Completion implements ExchangeCompletionListener {
    private static final System.Logger LOG = System.getLogger(Completion.class.getName());
    private static final int DRAIN_LIMIT = 256 * 1024;

    private final HttpExchange exchange;
    private final HttpServerExchange undertow;
    private final Deque<Consumer<HttpExchange>> listeners = new ArrayDeque<>(2);
    private @Nullable Deque<Runnable> disconnectActions;
    private boolean disconnected;
    private boolean complete;

    Completion(HttpExchange exchange) {
        this.exchange = exchange;
        this.undertow = exchange.undertow();
    }

    void add(Consumer<HttpExchange> listener) {
        synchronized (this) {
            if (!complete) {
                listeners.addFirst(listener);
                return;
            }
        }
        listener.accept(exchange);
    }

    void onDisconnect(Runnable action) {
        synchronized (this) {
            if (complete) {
                return;
            }
            if (!disconnected) {
                if (disconnectActions == null) {
                    disconnectActions = new ArrayDeque<>(2);
                }
                disconnectActions.add(action);
                return;
            }
        }
        action.run();
    }

    /** The client went away. */
    void disconnected() {
        Deque<Runnable> actions;
        synchronized (this) {
            if (complete || disconnected) {
                return;
            }
            disconnected = true;
            actions = disconnectActions;
            disconnectActions = null;
        }
        if (actions != null) {
            actions.forEach(this::guarded);
        }
    }

    /** Sends what somebody answers in the application's place; on the loop. */
    void send(Answer answer) {
        undertow.setStatusCode(answer.status());
        exchange.putHead(answer.headers());
        ByteBuffer body = answer.body();
        undertow.getResponseHeaders().put(Headers.CONTENT_LENGTH, body.remaining());
        giveUpUnreadRequest();
        if (!body.hasRemaining()) {
            undertow.endExchange();
            return;
        }
        StreamSinkChannel sink = undertow.getResponseChannel();
        if (sink == null || write(sink, body)) {
            undertow.endExchange();
            return;
        }
        sink.getWriteSetter().set(ready -> {
            if (write(ready, body)) {
                ready.suspendWrites();
                undertow.endExchange();
            }
        });
        sink.resumeWrites();
    }

    private boolean write(StreamSinkChannel sink, ByteBuffer body) {
        try {
            while (body.hasRemaining()) {
                if (sink.writeFinal(body) == 0) {
                    return false;
                }
            }
        } catch (IOException e) {
            exchange.failed(e);
            IoUtils.safeClose(undertow.getConnection());
        }
        return true;
    }

    /** Ends the exchange after its last write, or without any. */
    void finish() {
        if (exchange.loop().isCurrent()) {
            exchange.loop().soon(this::finishNow);
        } else {
            finishNow();
        }
    }

    private void finishNow() {
        giveUpUnreadRequest();
        undertow.endExchange();
    }

    void abort() {
        IoUtils.safeClose(undertow.getConnection());
        if (!undertow.isComplete()) {
            undertow.endExchange();
        }
    }

    /** A body that is not read to its end costs the connection, unless what is left is here already. */
    private void giveUpUnreadRequest() {
        if (!undertow.isRequestComplete() && !exchange.requestBody().drain(DRAIN_LIMIT)) {
            undertow.setPersistent(false);
        }
    }

    @Override
    public void exchangeEvent(HttpServerExchange ended, NextListener next) {
        synchronized (this) {
            complete = true;
            disconnectActions = null;
        }
        try {
            for (Consumer<HttpExchange> listener; (listener = listeners.pollFirst()) != null; ) {
                Consumer<HttpExchange> each = listener;
                guarded(() -> each.accept(exchange));
            }
        } finally {
            next.proceed();
        }
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a listener of " + exchange + " failed", e);
        }
    }
}
