package dev.sluice.engine.gate;

import dev.sluice.engine.application.Call;
import dev.sluice.engine.application.CallOwner;
import dev.sluice.engine.application.Cancellation;
import dev.sluice.engine.application.LaneHint;
import dev.sluice.engine.application.Target;
import dev.sluice.engine.http.Answerer;
import dev.sluice.engine.http.EventLoop;
import dev.sluice.engine.http.Failures;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.lane.Lane;
import dev.sluice.engine.lane.LaneTask;
import dev.sluice.engine.lane.LoopLane;
import dev.sluice.engine.lane.RouteTimes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The gate's side of one request.
 *
 * <pre>
 * admit: permit of the application -> permit of the server -> on platform threads, one of its share -> start on its lane
 *           |  none: wait, at most queueTime                                                            |
 *           +-> 503                           application code returns -> finished: permits go back  <--+
 * meanwhile: deadline -> 504; client gone -> cancelled; server stops -> 503
 * </pre>
 */
final class GateCall implements CallOwner, LaneTask, Permits.Waiter, Consumer<HttpExchange> {
    private static final Failures UNANSWERED = new Failures("a request could not be answered");

    private final Gate gate;
    private final Mount mount;
    private final HttpExchange exchange;
    private final Call call;
    private final EventLoop loop;
    private final AtomicInteger parts = new AtomicInteger(2);

    private int held; // permits, on the loop
    private EventLoop.@Nullable Timer queueTimer;
    private EventLoop.@Nullable Timer deadlineTimer;
    private @Nullable Lane lane;
    private @Nullable Permits threads; // those that the lane needs
    private RouteTimes.@Nullable Route route;
    private volatile @Nullable Thread worker;
    private volatile boolean started;
    private volatile boolean appFinished;
    private volatile boolean shutDown;

    // Links of ActiveRequests, guarded by it.
    @Nullable
    GateCall next;

    @Nullable
    GateCall previous;

    GateCall(Gate gate, Mount mount, HttpExchange exchange) {
        this.gate = gate;
        this.mount = mount;
        this.exchange = exchange;
        this.loop = exchange.loop();
        Duration deadline = mount.options().deadline();
        long overdue = deadline.isZero() ? 0 : exchange.startNanos() + deadline.toNanos();
        this.call = new Call(exchange, mount.application(), exchange.requestId(), overdue, this);
    }

    Mount mount() {
        return mount;
    }

    String laneName() {
        Lane used = lane;
        return used == null ? "" : used.name();
    }

    HttpExchange exchange() {
        return exchange;
    }

    ActiveRequest describe(long now) {
        return new ActiveRequest(
                exchange.requestId(),
                mount.application().name(),
                exchange.method(),
                exchange.path().shown(),
                Duration.ofNanos(now - exchange.startNanos()),
                state(),
                laneName());
    }

    /** The thread of application code, if a loop carries it; it may have ended. */
    @Nullable
    Thread carriedThread() {
        return lane instanceof LoopLane ? worker : null;
    }

    private ActiveRequest.State state() {
        if (!started) {
            return ActiveRequest.State.WAITING;
        }
        if (appFinished) {
            return ActiveRequest.State.SENDING;
        }
        Answerer answerer = exchange.answerer();
        if (answerer != null && answerer != Answerer.APPLICATION) {
            return ActiveRequest.State.ANSWERED;
        }
        return call.detached() ? ActiveRequest.State.DETACHED : ActiveRequest.State.RUNNING;
    }

    /** Takes the permits that are there, on the loop; without them waits its turn. */
    void admit() {
        try {
            if (shutDown) {
                refuse();
            } else if (acquired()) {
                start();
            }
        } catch (RuntimeException | Error e) { // The application could not say where it belongs, or there is no memory.
            abandon(e);
        }
    }

    private boolean acquired() {
        for (Permits missing; (missing = missing()) != null; held++) {
            if (!missing.tryAcquire()) {
                waitFor(missing);
                return false;
            }
        }
        return true;
    }

    /** It cannot be given to the application: nobody else will give back what it has taken. */
    private void abandon(Throwable failure) {
        if (appFinished) {
            UNANSWERED.log(failure);
            return;
        }
        appFinished = true;
        cancel(queueTimer);
        cancel(deadlineTimer);
        giveBack();
        try {
            failed(call, failure);
        } catch (RuntimeException | Error e) {
            UNANSWERED.log(e);
        } finally {
            mount.leave();
            part();
        }
    }

    private void giveBack() {
        if (held > 2) {
            release(threads);
        }
        if (held > 1) {
            gate.permits().release();
        }
        if (held > 0) {
            mount.permits().release();
        }
    }

    private @Nullable Permits missing() {
        return switch (held) {
            case 0 -> mount.permits();
            case 1 -> gate.permits();
            case 2 -> chosen();
            default -> null;
        };
    }

    /** Chooses the lane; what it needs of the pool's threads. */
    private @Nullable Permits chosen() {
        if (lane == null) {
            Target target = call.target();
            RouteTimes.Route timed = mount.route(target);
            LaneHint hint = mount.hint(target);
            Lane chosen = gate.lanes().lane(hint);
            route = timed;
            boolean unproved = gate.lanes().wantsProof(hint) && timed.mustProve();
            lane = unproved || timed.onPool() ? gate.lanes().pool() : chosen;
            threads = threads(lane);
        }
        return threads;
    }

    private @Nullable Permits threads(Lane used) {
        return used == gate.lanes().pool() ? mount.threads() : null;
    }

    private void waitFor(Permits permits) {
        if (queueTimer == null) {
            queueTimer = loop.schedule(gate.options().queueTime(), this::giveUpWaiting);
        }
        if (permits.await(this)) {
            mount.counters().queued.increment();
        } else {
            refuse();
        }
    }

    /** A permit was granted: by the thread that gave it back, so go on where we belong. */
    @Override
    public void granted() {
        try {
            loop.execute(this::goOn);
        } catch (RuntimeException | Error e) { // The loop has ended, or there is no memory for a task.
            held++;
            abandon(e);
        }
    }

    private void goOn() {
        held++;
        admit();
    }

    private void giveUpWaiting() {
        Permits awaited = missing();
        if (awaited != null && awaited.withdraw(this)) {
            refuse();
        }
    }

    private void refuse() {
        appFinished = true;
        cancel(queueTimer);
        mount.counters().rejected.increment();
        giveBack();
        try {
            answer(Answerer.GATE, 503);
        } finally {
            mount.leave();
            part();
        }
    }

    /** False if somebody else answers. Without memory for an answer nothing may look complete. */
    private boolean answer(Answerer by, int status) {
        try {
            return exchange.answer(by, ErrorAnswers.of(exchange, status));
        } catch (RuntimeException | Error e) {
            UNANSWERED.log(e);
            exchange.abort();
            return true;
        }
    }

    private void start() {
        cancel(queueTimer);
        started = true;
        exchange.onDisconnect(this::clientGone);
        if (call.deadlineNanos() != 0) {
            Duration left = Duration.ofNanos(Math.max(0, call.deadlineNanos() - System.nanoTime()));
            deadlineTimer = loop.schedule(left, this::overdue);
        }
        Lane used = Objects.requireNonNull(lane);
        if (used == gate.lanes().pool()) {
            exchange.leaveLoop();
        }
        try {
            used.execute(loop, this);
        } catch (RejectedExecutionException | Error e) { // Such as no memory for a thread.
            release(threads);
            try {
                failed(call, e);
            } finally {
                call.finished();
            }
        }
    }

    @Override
    public String label() {
        return "req-" + exchange.requestId();
    }

    @Override
    public boolean exact() {
        RouteTimes.Route timed = route;
        return timed != null && timed.exact();
    }

    @Override
    public void held(long nanos) {
        RouteTimes.Route timed = route;
        if (timed != null) {
            timed.held(nanos, timed.exact());
        }
    }

    @Override
    public void leavesLoop() {
        exchange.leaveLoop();
    }

    @Override
    public void leftBehind() {
        leavesLoop();
        RouteTimes.Route timed = route;
        if (timed != null) {
            timed.leftBehind();
        }
    }

    @Override
    public void ranOnPool(long nanos) {
        RouteTimes.Route timed = route;
        if (timed != null) {
            timed.ranOnPool(nanos);
        }
    }

    /** The lane's thread. */
    @Override
    public void run() {
        worker = Thread.currentThread();
        try {
            mount.application().handle(call);
        } catch (Throwable failure) {
            failed(call, failure);
        } finally { // Without memory even the failure cannot be told, but everything is given back.
            try {
                if (!call.detached()) {
                    call.finished();
                }
            } finally {
                release(threads);
            }
        }
    }

    private static void release(@Nullable Permits permits) {
        if (permits != null) {
            permits.release();
        }
    }

    @Override
    public Executor executor(Call of) {
        return followUps(lane == null ? gate.lanes().standard() : lane);
    }

    @Override
    public Executor blockingExecutor(Call of) {
        Lane used = lane;
        return followUps(
                used == null || used == gate.lanes().lane(LaneHint.INLINE)
                        ? gate.lanes().lane(LaneHint.LOOP)
                        : used);
    }

    private Executor followUps(Lane used) {
        return action -> {
            Permits needed = threads(used);
            FollowUp next = new FollowUp(this, action, needed);
            if (needed == null || needed.tryAcquire()) {
                next.execute(used, loop);
            } else {
                needed.await(() -> loop.execute(() -> next.execute(used, loop)));
            }
        };
    }

    @Override
    public Cancellation schedule(Call of, Duration delay, Runnable action) {
        EventLoop.Timer timer = loop.schedule(delay, action);
        return timer::cancel;
    }

    @Override
    public void finished(Call of) {
        appFinished = true;
        gate.permits().release();
        mount.permits().release();
        try {
            exchange.end();
        } finally {
            Answerer answerer = exchange.answerer();
            if (answerer == Answerer.DEADLINE || answerer == Answerer.SHUTDOWN) {
                mount.counters().late.increment();
            }
            mount.leave();
            part();
        }
    }

    @Override
    public void failed(Call of, Throwable failure) {
        try {
            answerFailure(of, failure);
        } catch (RuntimeException | Error e) { // Such as no memory for an answer: nothing must look complete.
            exchange.abort();
            throw e;
        }
    }

    private void answerFailure(Call of, Throwable failure) {
        noted(of, failure);
        // RFC 9112, 8: a request that its client did not finish; who only stopped sending may still read so.
        int status = exchange.failure() != null ? 400 : ErrorAnswers.status(failure);
        if (!exchange.answer(Answerer.CRASH, ErrorAnswers.of(exchange, status, failure, development()))
                && exchange.answerer() == Answerer.APPLICATION) {
            exchange.abort();
        }
    }

    @Override
    public void noted(Call of, Throwable failure) {
        if (failure instanceof Error error) {
            mount.degrade(error);
        }
        int status = ErrorAnswers.status(failure);
        boolean clientGone = exchange.failure() != null || call.cancelled();
        gate.log(exchange, mount, failure, status, clientGone);
        if (status >= 500 && !clientGone) {
            mount.counters().crashed.increment();
        }
    }

    @Override
    public boolean development() {
        return mount.options().development() || gate.options().development();
    }

    private void overdue() {
        if (answer(Answerer.DEADLINE, 504)) {
            mount.counters().overdue.increment();
            call.cancel();
        }
    }

    private void clientGone() {
        mount.counters().cancelled.increment();
        call.cancel();
    }

    /** A request that waits for a permit will be refused when it gets one. Any thread. */
    void mayNotEnter() {
        shutDown = true;
    }

    /**
     * Nobody waits for this request any longer, because its application or the server stops: 503 if no head was sent, otherwise the
     * connection is broken off; the application hears of it, and its virtual thread is interrupted if it has one. Any thread.
     */
    void shutDown() {
        mayNotEnter();
        if (!answer(Answerer.SHUTDOWN, 503)) {
            exchange.abort();
        }
        if (!started) {
            loop.execute(this::giveUpWaiting);
        }
        try {
            call.cancel();
        } catch (RuntimeException e) {
            gate.log(exchange, mount, e, 500, false);
        }
        Thread working = worker;
        if (working != null && !appFinished && ownsItsThread()) {
            working.interrupt();
        }
    }

    /** Whether the lane's thread works for nobody but this request. */
    private boolean ownsItsThread() {
        return lane instanceof LoopLane
                || lane == gate.lanes().pool() && gate.lanes().pool().virtual();
    }

    /** The response was sent or given up. */
    @Override
    public void accept(HttpExchange of) {
        cancel(deadlineTimer);
        try {
            if (of.isBeyondLimit()) {
                mount.counters().beyondLimits.increment();
            }
            gate.completed(of, mount, laneName());
        } finally {
            part();
        }
    }

    /** Leaves the list when both the application's code and the exchange are over. */
    private void part() {
        if (parts.decrementAndGet() == 0) {
            gate.active(loop).remove(this);
        }
    }

    private static void cancel(EventLoop.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Later application code of the same request. */
    private record FollowUp(
            GateCall of, Runnable action, @Nullable Permits threads) implements LaneTask {
        @Override
        public String label() {
            return of.label();
        }

        @Override
        public boolean exact() {
            return of.exact();
        }

        @Override
        public void held(long nanos) {
            of.held(nanos);
        }

        @Override
        public void leavesLoop() {
            of.leavesLoop();
        }

        @Override
        public void leftBehind() {
            of.leftBehind();
        }

        void execute(Lane used, EventLoop loop) {
            try {
                used.execute(loop, this);
            } catch (RuntimeException | Error e) { // It will not run.
                release(threads);
                throw e;
            }
        }

        @Override
        public void run() {
            of.worker = Thread.currentThread();
            try {
                action.run();
            } catch (Throwable failure) {
                of.failed(of.call, failure);
            } finally {
                release(threads);
            }
        }
    }
}
