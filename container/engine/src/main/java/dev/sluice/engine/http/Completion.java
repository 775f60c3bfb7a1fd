package dev.sluice.engine.http;

import io.undertow.server.Connectors;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
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
    private boolean requestRead;

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
        if (answer.status() != 304) { // RFC 9110, 8.6: there it would be the length of what is not sent.
            undertow.getResponseHeaders().put(Headers.CONTENT_LENGTH, body.remaining());
        }
        requestRead = readRequest();
        StreamSinkChannel sink = body.hasRemaining() ? undertow.getResponseChannel() : null;
        if (sink == null) {
            end(null);
        } else {
            exchange.responseBody().finish(sink, body);
        }
    }

    /** Ends the exchange after its last write, or without any. */
    void finish(@Nullable StreamSinkChannel sink) {
        if (exchange.loop().isCurrent()) {
            exchange.loop().soon(() -> finishNow(sink));
        } else {
            finishNow(sink);
        }
    }

    private void finishNow(@Nullable StreamSinkChannel sink) {
        requestRead = requestRead || readRequest();
        end(sink);
    }

    /** Before the head goes out, so that it can say that the connection ends. */
    void readRequestFirst() {
        requestRead = readRequest();
    }

    /** A body that is not read to its end costs the connection, unless what is left is here already. */
    private boolean readRequest() {
        if (undertow.isRequestComplete() || exchange.requestBody().drain(DRAIN_LIMIT)) {
            return true;
        }
        undertow.setPersistent(false);
        return false;
    }

    private void end(@Nullable StreamSinkChannel open) {
        RequestGuard guard = exchange.guard();
        if (requestRead || guard == null) {
            undertow.endExchange();
            return;
        }
        // Undertow would wait for the rest of the request before it sends the end of the response.
        try {
            StreamSinkChannel sink = open == null ? emptyResponse() : open;
            sink.shutdownWrites();
            flushThenLinger(sink, guard);
        } catch (IOException e) {
            exchange.failed(e);
            abort();
        }
    }

    private StreamSinkChannel emptyResponse() throws IOException {
        if (!undertow.getRequestMethod().equals(Methods.HEAD) && Connectors.isEntityBodyAllowed(undertow)) {
            undertow.getResponseHeaders().put(Headers.CONTENT_LENGTH, "0");
        }
        StreamSinkChannel sink = undertow.getResponseChannel();
        if (sink == null) {
            throw new IOException("the response of " + exchange + " cannot be sent any more");
        }
        return sink;
    }

    private void flushThenLinger(StreamSinkChannel sink, RequestGuard guard) throws IOException {
        if (sink.flush()) {
            guard.linger(undertow::endExchange);
            return;
        }
        sink.getWriteSetter().set(ready -> {
            try {
                if (ready.flush()) {
                    ready.suspendWrites();
                    guard.linger(undertow::endExchange);
                }
            } catch (IOException e) {
                exchange.failed(e);
                abort();
            }
        });
        sink.resumeWrites();
    }

    void abort() {
        IoUtils.safeClose(undertow.getConnection());
        if (!undertow.isComplete()) {
            undertow.endExchange();
        }
    }

    /** Whether everybody was told. */
    synchronized boolean over() {
        return complete;
    }

    /** The HTTP/2 connection is closed: Undertow does not complete every exchange that was on it. On the loop. */
    void lost() {
        if (!undertow.isComplete()) {
            guarded(undertow::endExchange);
        }
        tell();
    }

    @Override
    public void exchangeEvent(HttpServerExchange ended, NextListener next) {
        RequestGuard guard = exchange.guard();
        if (guard != null) {
            guard.completed();
        }
        try {
            tell();
        } finally {
            next.proceed();
        }
    }

    private void tell() {
        synchronized (this) {
            complete = true;
            disconnectActions = null;
        }
        for (Consumer<HttpExchange> listener; (listener = next()) != null; ) {
            Consumer<HttpExchange> each = listener;
            guarded(() -> each.accept(exchange));
        }
    }

    private synchronized @Nullable Consumer<HttpExchange> next() {
        return listeners.pollFirst();
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a listener of " + exchange + " failed", e);
        }
    }
}
