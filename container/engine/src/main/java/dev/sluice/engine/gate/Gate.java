package dev.sluice.engine.gate;

import dev.sluice.engine.application.Application;
import dev.sluice.engine.error.Refusals;
import dev.sluice.engine.http.Answer;
import dev.sluice.engine.http.Answerer;
import dev.sluice.engine.http.EventLoop;
import dev.sluice.engine.http.FixedRequest;
import dev.sluice.engine.http.FixedResponse;
import dev.sluice.engine.http.FixedTable;
import dev.sluice.engine.http.Headers;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.http.RefusedRequest;
import dev.sluice.engine.http.RequestIds;
import dev.sluice.engine.http.RequestPath;
import dev.sluice.engine.lane.Lanes;
import dev.sluice.engine.observe.CompletedRequest;
import dev.sluice.engine.observe.RequestObserver;
import dev.sluice.engine.routing.RoutingTable;
import dev.sluice.engine.routing.VirtualHost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Every request passes here, on its loop: it gets an id, finds its application, is answered at once if it can be, otherwise takes its
 * permits and runs on its lane. All methods may be called from any thread unless they say otherwise.
 */
public final class Gate implements Consumer<HttpExchange> {
    private static final System.Logger LOG = System.getLogger(Gate.class.getName());
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private final GateOptions options;
    private final Lanes lanes;
    private final Permits permits;
    private final List<RequestObserver> observers = new CopyOnWriteArrayList<>();
    private final LongAdder unrouted = new LongAdder();
    private final Set<Mount> leaving = ConcurrentHashMap.newKeySet();
    private volatile ActiveRequests[] active = new ActiveRequests[0];
    private volatile Table table = table(List.of());
    private volatile boolean draining;

    /** What is served, as one value. */
    private record Table(List<Mount> mounts, RoutingTable<Mount> routes, FixedTable fixed) {}

    private Table table(List<Mount> mounts) {
        RoutingTable<Mount> routes = new RoutingTable<>(mounts);
        return new Table(mounts, routes, FixedRoutes.of(mounts, routes, this::answered));
    }

    /** A gate that serves nothing yet. */
    public Gate(GateOptions options, Lanes lanes) {
        this.options = options;
        this.lanes = lanes;
        this.permits = new Permits(options.permits(), options.queue());
    }

    /** Tells the observer about each request from now on. */
    public void observe(RequestObserver observer) {
        observers.add(observer);
    }

    /** Puts an application behind the gate without serving it yet. */
    public Mount mount(VirtualHost host, Application application, MountOptions mountOptions) {
        return mount(host, application, mountOptions, Map.of());
    }

    /** The same with responses by their paths in the application, which go before the application's own. */
    public Mount mount(
            VirtualHost host, Application application, MountOptions mountOptions, Map<String, FixedResponse> fixed) {
        return new Mount(host, application, mountOptions, fixed, lanes.pool());
    }

    /**
     * Replaces what is served, at once for all requests that come: add, remove and swap applications in one step. After it returns, no
     * request enters an application that was taken out.
     *
     * @throws IllegalArgumentException if two have the same host, context path and version; then nothing has changed
     */
    public synchronized void serve(UnaryOperator<List<Mount>> change) {
        List<Mount> before = table.mounts();
        table = table(List.copyOf(change.apply(before)));
        before.stream().filter(mount -> !table.mounts().contains(mount)).forEach(this::left);
    }

    /** Its requests count until the last one has returned. */
    private void left(Mount mount) {
        leaving.add(mount);
        var ignored = mount.whenIdle().thenRun(() -> leaving.remove(mount));
    }

    /** What is served. */
    public List<Mount> mounts() {
        return table.mounts();
    }

    /** A request came; on its loop. */
    @Override
    public void accept(HttpExchange exchange) {
        exchange.requestId(RequestIds.of(exchange.sentRequestId()));
        if (draining) {
            exchange.closeAfterwards();
        }
        if (exchange.path() == RequestPath.ASTERISK) {
            answer(exchange, null, serverWide(exchange));
            return;
        }
        Mount mount = enter(exchange);
        if (mount == null) {
            unrouted.increment();
            answer(exchange, null, ErrorAnswers.of(exchange, 404));
            return;
        }
        FixedResponse fixed;
        GateCall call = null;
        try {
            mount.counters().requests.increment();
            fixed = mount.fixed(exchange);
            if (fixed == null) {
                call = new GateCall(this, mount, exchange);
                exchange.onComplete(call);
            }
        } catch (RuntimeException | Error e) {
            mount.leave();
            throw e;
        }
        if (fixed != null) {
            mount.leave();
            mount.counters().fixed.increment();
            answer(exchange, mount, ConditionalAnswer.of(exchange, fixed.content()));
        } else if (call != null) {
            active(exchange.loop()).add(call);
            call.admit();
        }
    }

    /** RFC 9110, 9.3.7: what is asked of the server as a whole is not for an application. */
    private static Answer serverWide(HttpExchange exchange) {
        return exchange.method().equals("OPTIONS")
                ? new Answer(200, new Headers().add("Allow", METHODS), new byte[0])
                : ErrorAnswers.of(exchange, 400);
    }

    /** The fixed responses that the loop may send without asking here, as they are now. */
    public FixedTable fixed() {
        return draining ? FixedTable.NONE : table.fixed();
    }

    /** A request was answered without an exchange; on its loop. */
    private void answered(Mount mount, FixedRequest request) {
        mount.counters().requests.increment();
        mount.counters().fixed.increment();
        if (!observers.isEmpty()) {
            tell(Described.of(request, mount));
        }
    }

    private void answer(HttpExchange exchange, @Nullable Mount mount, Answer answer) {
        exchange.onComplete(done -> completed(done, mount, ""));
        exchange.answer(Answerer.GATE, answer);
    }

    /** The mount of a request, entered; a table that was replaced meanwhile is asked again. */
    private @Nullable Mount enter(HttpExchange exchange) {
        while (true) {
            Table seen = table;
            Mount mount = seen.routes()
                    .find(
                            exchange.hostName(),
                            exchange.path().decoded(),
                            candidate -> SessionIds.sent(exchange, candidate));
            if (mount != null) {
                mount.enter();
            }
            if (table == seen) {
                return mount;
            }
            if (mount != null) {
                mount.leave();
            }
        }
    }

    /** A request was refused before it became an exchange: the observers hear of it all the same. */
    public void refused(RefusedRequest request) {
        if (!observers.isEmpty()) {
            tell(new CompletedRequest(
                    "",
                    "",
                    request.method(),
                    request.target(),
                    request.protocol(),
                    request.status(),
                    0,
                    0,
                    0,
                    System.currentTimeMillis(),
                    request.id(),
                    request.remote(),
                    null,
                    Answerer.GATE,
                    "",
                    "",
                    null,
                    null,
                    null));
        }
    }

    /** Figures as they are now. */
    public GateStats stats() {
        List<Mount> mounts = table.mounts();
        return new GateStats(
                inFlight(mounts) + inFlight(leaving),
                permits.limit(),
                permits.taken(),
                permits.waiting(),
                unrouted.sum(),
                lanes.standard().name(),
                mounts.stream().map(Mount::stats).toList());
    }

    private static int inFlight(Collection<Mount> mounts) {
        return mounts.stream().mapToInt(Mount::inFlight).sum();
    }

    /** The requests that are in the gate now. */
    public List<ActiveRequest> activeRequests() {
        return describe(calls());
    }

    /** The requests of one application that are in the gate now. */
    public List<ActiveRequest> activeRequests(Mount mount) {
        return describe(calls(mount));
    }

    private static List<ActiveRequest> describe(List<GateCall> calls) {
        long now = System.nanoTime();
        return calls.stream().map(call -> call.describe(now)).toList();
    }

    /** The threads that loops carry for these requests. */
    public List<Thread> carriedThreads() {
        List<Thread> threads = new ArrayList<>();
        for (GateCall call : calls()) {
            Thread carried = call.carriedThread();
            if (carried != null && carried.isAlive()) {
                threads.add(carried);
            }
        }
        return threads;
    }

    private List<GateCall> calls() {
        List<GateCall> calls = new ArrayList<>();
        for (ActiveRequests requests : active) {
            calls.addAll(requests.all());
        }
        return calls;
    }

    private List<GateCall> calls(Mount mount) {
        return calls().stream().filter(call -> call.mount() == mount).toList();
    }

    /** From now on each response closes its connection. */
    public void drain() {
        draining = true;
    }

    /** Answers 503 to every request whose head is not sent, and breaks the others off. */
    public void abort() {
        abort(calls());
    }

    /** The same for the requests of one application only. */
    public void abort(Mount mount) {
        abort(calls(mount));
    }

    /** First each learns of it, so that none enters its application when another one gives its permit back. */
    private static void abort(List<GateCall> calls) {
        calls.forEach(GateCall::mayNotEnter);
        calls.forEach(GateCall::shutDown);
    }

    GateOptions options() {
        return options;
    }

    Lanes lanes() {
        return lanes;
    }

    Permits permits() {
        return permits;
    }

    ActiveRequests active(EventLoop loop) {
        ActiveRequests[] known = active;
        int index = loop.index();
        return index < known.length ? known[index] : grow(index);
    }

    private synchronized ActiveRequests grow(int index) {
        ActiveRequests[] known = active;
        if (index >= known.length) {
            ActiveRequests[] more = java.util.Arrays.copyOf(known, index + 1);
            for (int i = known.length; i < more.length; i++) {
                more[i] = new ActiveRequests();
            }
            active = more;
        }
        return active[index];
    }

    void log(HttpExchange exchange, Mount mount, Throwable failure, int status, boolean clientGone) {
        String what = "[" + exchange.requestId() + "] " + exchange + " in " + mount;
        if (clientGone) {
            LOG.log(System.Logger.Level.DEBUG, what + ": the client went away: " + failure);
        } else if (status < 500) {
            LOG.log(System.Logger.Level.DEBUG, what + " is refused with " + status + ": " + Refusals.reason(failure));
        } else {
            LOG.log(System.Logger.Level.ERROR, what + " failed", failure);
        }
    }

    void completed(HttpExchange exchange, @Nullable Mount mount, String lane) {
        if (observers.isEmpty()) {
            return;
        }
        tell(Described.of(exchange, mount, lane));
    }

    private void tell(CompletedRequest request) {
        for (RequestObserver observer : observers) {
            try {
                observer.completed(request);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "observer " + observer + " failed", e);
            }
        }
    }
}
