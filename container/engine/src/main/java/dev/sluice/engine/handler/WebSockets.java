package dev.sluice.engine.handler;

import dev.sluice.api.Response;
import dev.sluice.api.WebSocketConnection;
import dev.sluice.api.WebSocketUpgrade;
import dev.sluice.engine.application.Call;
import dev.sluice.engine.application.CallContext;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.http.websocket.Handshake;
import dev.sluice.engine.websocket.Conversation;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The WebSocket connections of one application. Any thread. */
final class WebSockets {
    private static final System.Logger LOG = System.getLogger(WebSockets.class.getName());
    private static final long CLOSE_SECONDS = 5;

    private final ClassLoader loader;
    private final Set<Conversation> open = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private volatile boolean closed;

    WebSockets(ClassLoader loader) {
        this.loader = loader;
    }

    int count() {
        return open.size();
    }

    /** Tells all clients that the application goes away, waits some seconds for their answers, and cuts off the rest. */
    void close() {
        closed = true;
        open.forEach(each -> each.close(WebSocketConnection.GOING_AWAY, ""));
        if (open.isEmpty()) {
            return;
        }
        try {
            idle.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    open.size() + " WebSocket connections did not close within " + CLOSE_SECONDS
                            + " s; they are cut off");
            open.forEach(Conversation::abort);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            open.forEach(Conversation::abort);
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed exceptionally", e);
        }
    }

    /**
     * Upgrades the request.
     *
     * @return null if it was, otherwise what to answer instead
     */
    @Nullable
    Response upgrade(Call call, CallContext context, Response response, WebSocketUpgrade upgrade) {
        HttpExchange exchange = call.exchange();
        Handshake.Verdict verdict = Handshake.judge(exchange);
        if (verdict == Handshake.Verdict.MALFORMED) {
            return Response.text("The WebSocket handshake is malformed.").withStatus(400);
        }
        if (verdict == Handshake.Verdict.NOT_ASKED) {
            exchange.responseHeaders().set("Connection", "Upgrade").set("Upgrade", "websocket");
            return Response.text("This resource is for WebSocket connections.")
                    .withStatus(426)
                    .withHeader("Sec-WebSocket-Version", "13");
        }
        Optional<String> subprotocol = Handshake.subprotocol(exchange, upgrade.subprotocols());
        HeaderFields.addTo(exchange.responseHeaders(), response.headers());
        exchange.responseHeaders().set("Sec-WebSocket-Accept", Handshake.accept(exchange));
        subprotocol.ifPresent(name -> exchange.responseHeaders().set("Sec-WebSocket-Protocol", name));
        Executor lane = action -> call.blockingExecutor().execute(() -> withLoader(action));
        Conversation conversation =
                new Conversation(upgrade, context, subprotocol, lane, over -> ended(call, context, over));
        open.add(conversation);
        exchange.onComplete(over -> {
            if (!exchange.connection().open()) {
                conversation.neverStarted();
            }
        });
        exchange.upgrade("websocket", connection -> {
            conversation.start(connection);
            if (closed) {
                conversation.close(WebSocketConnection.GOING_AWAY, "");
            }
        });
        return null;
    }

    private void ended(Call call, CallContext context, Conversation conversation) {
        open.remove(conversation);
        if (closed && open.isEmpty()) {
            idle.complete(null);
        }
        try {
            call.cancel();
        } finally {
            context.finish(101, conversation.failure());
        }
    }

    private void withLoader(Runnable action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            action.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
