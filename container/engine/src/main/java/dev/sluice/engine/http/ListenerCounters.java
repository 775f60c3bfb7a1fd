package dev.sluice.engine.http;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What happened to the connections of a listener. */
final class ListenerCounters {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder overLimit = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder oversized = new LongAdder();
    private final LongAdder evicted = new LongAdder();
    private final LongAdder disconnected = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder direct = new LongAdder();
    private final LongAdder streamsRefused = new LongAdder();

    private volatile Consumer<? super RefusedRequest> refusals = request -> {};

    void tell(Consumer<? super RefusedRequest> observer) {
        refusals = observer;
    }

    /** Counts it, and tells. */
    void refused(RefusedRequest request) {
        refused(request.status());
        refusals.accept(request);
    }

    void accepted() {
        accepted.increment();
    }

    void closed() {
        closed.increment();
    }

    void overLimit() {
        overLimit.increment();
    }

    void refused(int status) {
        if (status == 431 || status == 414) {
            oversized.increment();
        } else if (status != 408 && status < 500) {
            malformed.increment();
        }
    }

    void evicted() {
        evicted.increment();
    }

    void disconnected() {
        disconnected.increment();
    }

    void slow() {
        slow.increment();
    }

    void direct() {
        direct.increment();
    }

    void streamRefused() {
        streamsRefused.increment();
    }

    ListenerStats stats() {
        return new ListenerStats(
                accepted.sum(),
                accepted.sum() - closed.sum(),
                overLimit.sum(),
                malformed.sum(),
                oversized.sum(),
                evicted.sum(),
                disconnected.sum(),
                slow.sum(),
                direct.sum(),
                streamsRefused.sum());
    }
}
