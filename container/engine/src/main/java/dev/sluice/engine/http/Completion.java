package dev.sluice.engine.http;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How an exchange ends: whatever is left of the request is dropped, the response flushed, and everybody told once. It is its own task for
 * the loop, because at the end there may be no memory for one.
 */
final class Completion implements Runnable {
    private static final System.Logger LOG = System.getLogger(Completion.class.getName());
    private static final Failures UNTOLD = new Failures("a listener of an exchange's end failed");
    private static final int DRAIN_LIMIT = 256 * 1024;

    private final HttpExchange exchange;
    private final HttpStream stream;
    private final Deque<Consumer<HttpExchange>> listeners = new ArrayDeque<>(2);
    private @Nullable Deque<Runnable> disconnectActions;
    private boolean disconnected;
    private boolean complete;
    private boolean requestRead;
    private @Nullable Answer answer; // to be sent; handed over with the task
    private volatile boolean broken;

    Completion(HttpExchange exchange) {
        this.exchange = exchange;
        this.stream = exchange.stream();
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

    /** Sends what somebody answers in the application's place; on the loop, soon. */
    void send(Answer toSend) {
        answer = toSend;
        exchange.loop().soon(this);
    }

    private void sendNow(Answer toSend) {
        stream.head(toSend.status(), null, toSend.headers());
        ByteBuffer body = toSend.body();
        if (toSend.status() != 304) { // RFC 9110, 8.6: there it would be the length of what is not sent.
            stream.responseLength(body.remaining());
        }
        requestRead = readRequest();
        if (body.hasRemaining() && stream.openResponse()) {
            exchange.responseBody().finish(body);
        } else {
            stream.finish(requestRead);
        }
    }

    /** Ends the exchange after its last write, or without any. */
    void finish() {
        if (exchange.loop().isCurrent()) {
            exchange.loop().soon(this);
        } else {
            run();
        }
    }

    /** Answers, ends or breaks off; on the loop, for {@link #send}, {@link #finish}, {@link #broken} and {@link #abort}. */
    @Override
    public void run() {
        if (broken) {
            breakOff();
            return;
        }
        Answer toSend = answer;
        answer = null;
        try {
            if (toSend != null) {
                sendNow(toSend);
            } else {
                finishNow();
            }
        } catch (RuntimeException | Error e) {
            broken(e);
        }
    }

    private void breakOff() {
        try {
            stream.abort();
        } catch (RuntimeException | Error e) {
            noted(e);
        }
        tell();
    }

    private void finishNow() {
        requestRead = requestRead || readRequest();
        stream.finish(requestRead);
    }

    /** What fails while a head, a body's end or trailers are written ends the exchange: nobody else would give back what it holds. */
    void broken(Throwable cause) {
        broken = true;
        boolean clientGone = exchange.failure() != null || !stream.connected();
        try {
            LOG.log(
                    clientGone ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR,
                    "[" + exchange.requestId() + "] the response to " + exchange + " is broken off",
                    cause);
        } finally { // There may be no memory to say so.
            exchange.failed(cause);
            exchange.takeEnd();
            exchange.loop().soon(this);
        }
    }

    /** Before the head goes out, so that it can say that the connection ends. */
    void readRequestFirst() {
        requestRead = readRequest();
    }

    /** A body that is not read to its end costs the connection, unless what is left is here already. */
    private boolean readRequest() {
        if (stream.requestComplete()
                || stream.connected() && exchange.requestBody().drain(DRAIN_LIMIT)) {
            return true;
        }
        stream.closeAfterwards();
        return false;
    }

    /** Breaks the exchange off; on the loop, soon. */
    void abort() {
        broken = true;
        exchange.loop().soon(this);
    }

    /** Whether everybody was told. */
    synchronized boolean over() {
        return complete;
    }

    /** Tells everybody that the response was sent or the connection lost; what comes after the first time does nothing. */
    void tell() {
        synchronized (this) {
            complete = true;
            disconnectActions = null;
        }
        for (Consumer<HttpExchange> listener; (listener = next()) != null; ) {
            try {
                listener.accept(exchange);
            } catch (RuntimeException | Error e) {
                noted(e);
            }
        }
    }

    private synchronized @Nullable Consumer<HttpExchange> next() {
        return listeners.pollFirst();
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            noted(e);
        }
    }

    private void noted(Throwable failure) {
        try {
            LOG.log(System.Logger.Level.ERROR, "a listener of " + exchange + " failed", failure);
        } catch (RuntimeException | Error e) { // Such as no memory for the text.
            UNTOLD.log(failure);
        }
    }
}
