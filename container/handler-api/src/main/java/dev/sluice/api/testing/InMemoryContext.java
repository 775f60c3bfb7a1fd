package dev.sluice.api.testing;

import dev.sluice.api.HandlerContext;
import dev.sluice.api.Headers;
import dev.sluice.api.Template;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The context of one call in memory. */
final class InMemoryContext implements HandlerContext {
    private final String requestId;
    private final @Nullable Instant deadline;
    private final @Nullable Principal principal;
    private final Map<Template<?>, Object> forks = new IdentityHashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private final List<Headers> hints = new ArrayList<>();
    private final Deque<FinishListener> finishListeners = new ArrayDeque<>();
    /** Guarded by this. */
    private final List<Runnable> cancelActions = new ArrayList<>();

    private volatile boolean cancelled;

    InMemoryContext(String requestId, @Nullable Instant deadline, @Nullable Principal principal) {
        this.requestId = requestId;
        this.deadline = deadline;
        this.principal = principal;
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.ofNullable(deadline);
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                cancelActions.add(action);
                return;
            }
        }
        action.run();
    }

    void cancel() {
        List<Runnable> actions;
        synchronized (this) {
            cancelled = true;
            actions = List.copyOf(cancelActions);
            cancelActions.clear();
        }
        actions.forEach(Runnable::run);
    }

    @Override
    public void onFinish(FinishListener listener) {
        finishListeners.push(listener);
    }

    /** Runs the listeners, the last one first; what they throw is added to what the first of them threw. */
    void finish(int status, @Nullable Throwable failure) {
        RuntimeException thrown = null;
        while (!finishListeners.isEmpty()) {
            try {
                finishListeners.pop().finished(status, failure);
            } catch (RuntimeException e) {
                if (thrown == null) {
                    thrown = e;
                } else {
                    thrown.addSuppressed(e);
                }
            }
        }
        if (thrown != null) {
            throw thrown;
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T fork(Template<T> template) {
        return (T) forks.computeIfAbsent(template, InMemory.InMemoryTemplate::fork);
    }

    @Override
    public Map<String, Object> attributes() {
        return attributes;
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.ofNullable(principal);
    }

    @Override
    public void earlyHints(Headers headers) {
        hints.add(headers);
    }

    List<Headers> hints() {
        return hints;
    }
}
