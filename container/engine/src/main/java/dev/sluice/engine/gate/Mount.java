package dev.sluice.engine.gate;

import dev.sluice.engine.application.Application;
import dev.sluice.engine.application.LaneHint;
import dev.sluice.engine.application.Target;
import dev.sluice.engine.http.FixedResponse;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.lane.PoolLane;
import dev.sluice.engine.lane.RouteTimes;
import dev.sluice.engine.routing.Routable;
import dev.sluice.engine.routing.VirtualHost;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An application behind the gate, with its permits, its counters and its routes' lanes. Any thread. */
public final class Mount implements Routable {
    private final VirtualHost host;
    private final Application application;
    private final MountOptions options;
    private final Map<String, FixedResponse> fixed;
    private final Permits permits;
    private final @Nullable Permits threads;
    private final RouteTimes routes;
    private final Counters counters = new Counters();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile @Nullable CompletableFuture<Void> idle;
    private volatile @Nullable Error degraded;

    Mount(
            VirtualHost host,
            Application application,
            MountOptions options,
            Map<String, FixedResponse> configured,
            PoolLane pool) {
        this.host = host;
        this.application = application;
        Map<String, FixedResponse> all = new HashMap<>(application.fixed());
        all.putAll(configured);
        this.fixed = Map.copyOf(all);
        this.options = options;
        this.permits = new Permits(options.permits(), options.queue());
        // What waits for a thread has a permit, so the permits bound this queue.
        this.threads = pool.virtual() ? null : new Permits(pool.share(), Integer.MAX_VALUE);
        this.routes = new RouteTimes(application.name(), options.routeLimits(), System::nanoTime);
    }

    @Override
    public VirtualHost host() {
        return host;
    }

    @Override
    public Application application() {
        return application;
    }

    /** What it is allowed. */
    public MountOptions options() {
        return options;
    }

    /** Requests that have been routed here and whose application code has not returned. */
    public int inFlight() {
        return busy.get();
    }

    /**
     * Completes when no request is in the application any more; take it out of the gate's table first.
     *
     * <p>A request that was routed before may still be on its way in; {@link Gate#serve} returns only after it is counted here.
     */
    public CompletionStage<Void> whenIdle() {
        CompletableFuture<Void> future;
        synchronized (this) {
            future = idle;
            if (future == null) {
                future = new CompletableFuture<>();
                idle = future;
            }
        }
        if (busy.get() == 0) {
            future.complete(null);
        }
        return future;
    }

    /** The first Error that application code threw, such as a stack overflow; null if none. */
    public @Nullable Error degraded() {
        return degraded;
    }

    /** Figures as they are now. */
    public MountStats stats() {
        return counters.stats(this, permits, routes.states());
    }

    /** Responses that need no application code, by their paths in the application. */
    Map<String, FixedResponse> fixed() {
        return fixed;
    }

    /** The fixed response for a request; null for none. */
    @Nullable
    FixedResponse fixed(HttpExchange exchange) {
        if (fixed.isEmpty()) {
            return null;
        }
        String method = exchange.method();
        boolean read = method.equals("GET") || method.equals("HEAD");
        return read
                ? fixed.get(exchange.path()
                        .decoded()
                        .substring(application.contextPath().length()))
                : null;
    }

    Permits permits() {
        return permits;
    }

    /** Its share of the pool's threads; null if there is no end of them. */
    @Nullable
    Permits threads() {
        return threads;
    }

    /** Requests that wait for a permit or a thread. */
    int waiting() {
        return permits.waiting() + (threads == null ? 0 : threads.waiting());
    }

    Counters counters() {
        return counters;
    }

    LaneHint hint(Target target) {
        LaneHint configured = options.lane();
        return configured == LaneHint.AUTO ? target.lane() : configured;
    }

    RouteTimes.Route route(Target target) {
        return routes.route(target.route());
    }

    void enter() {
        busy.incrementAndGet();
    }

    void leave() {
        if (busy.decrementAndGet() == 0) {
            CompletableFuture<Void> future = idle;
            if (future != null) {
                future.complete(null);
            }
        }
    }

    void degrade(Error error) {
        if (degraded == null) {
            degraded = error;
        }
    }

    @Override
    public String toString() {
        return application.name();
    }
}
