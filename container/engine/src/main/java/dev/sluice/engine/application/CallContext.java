package dev.sluice.engine.application;

import dev.sluice.api.HandlerContext;
import dev.sluice.api.Headers;
import dev.sluice.api.Template;
import dev.sluice.fork.Forks;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The context of a call: what a handler gets, and what a servlet request has as its attribute
 * {@code dev.sluice.api.HandlerContext}.
 *
 * <p>Nothing is made before it is asked for: a handler that ignores its context pays for one small object.
 */
public final class CallContext implements HandlerContext {
    /** The attribute of an exchange that holds the authenticated user, a {@link Principal}. */
    public static final String PRINCIPAL = Principal.class.getName();

    private static final System.Logger LOG = System.getLogger(CallContext.class.getName());

    private final Call call;
    private volatile @Nullable Forks forks;
    private @Nullable Map<String, Object> attributes;
    private @Nullable Deque<FinishListener> finishListeners;

    CallContext(Call call) {
        this.call = call;
    }

    @Override
    public String requestId() {
        return call.requestId();
    }

    @Override
    public Optional<Instant> deadline() {
        return call.deadlineNanos() == 0
                ? Optional.empty()
                : Optional.of(Instant.now().plus(Duration.ofNanos(call.deadlineNanos() - System.nanoTime())));
    }

    @Override
    public boolean cancelled() {
        return call.cancelled();
    }

    @Override
    public void onCancel(Runnable action) {
        call.onCancel(action);
    }

    @Override
    public void onFinish(FinishListener listener) {
        Deque<FinishListener> listeners = finishListeners;
        if (listeners == null) {
            listeners = new ArrayDeque<>(2);
            finishListeners = listeners;
        }
        listeners.push(listener);
    }

    /** Runs the listeners, the last one first; on the thread of the request, after the response is complete. */
    public void finish(int status, @Nullable Throwable failure) {
        Deque<FinishListener> listeners = finishListeners;
        while (listeners != null && !listeners.isEmpty()) {
            try {
                listeners.pop().finished(status, failure);
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, "a finish listener of " + call + " failed", e);
            }
        }
    }

    @Override
    public <T> T fork(Template<T> template) {
        Forks made = forks;
        return PublishedTemplate.fork(made != null ? made : makeForks(), template);
    }

    /** Once, although the threads of an asynchronous request may ask at the same time. */
    private synchronized Forks makeForks() {
        Forks made = forks;
        if (made == null) {
            made = Forks.forRequest();
            forks = made;
        }
        return made;
    }

    @Override
    public Map<String, Object> attributes() {
        Map<String, Object> map = attributes;
        if (map == null) {
            map = new HashMap<>();
            attributes = map;
        }
        return map;
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.ofNullable((Principal) call.exchange().attributes().get(PRINCIPAL));
    }

    @Override
    public void earlyHints(Headers headers) {
        try {
            dev.sluice.engine.http.Headers hints = new dev.sluice.engine.http.Headers();
            headers.forEach(hints::add);
            call.exchange().earlyHints(hints);
        } catch (IOException e) {
            // Hints are only hints: that the client is gone shows when the response itself is written.
            LOG.log(System.Logger.Level.DEBUG, "no early hints for " + call, e);
        }
    }
}
