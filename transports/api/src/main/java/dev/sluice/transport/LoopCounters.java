package dev.sluice.transport;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What happened on one loop. Written by the transport and the engine, read by anyone, exact when nothing is going on. */
public final class LoopCounters {
    private final @Nullable Loop loop;
    private final LongAdder opened = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LoopCount read = new LoopCount();
    private final LoopCount written = new LoopCount();
    private final LoopCount requests = new LoopCount();
    private final LoopCount mounts = new LoopCount();
    private final LongAdder retries = new LongAdder();
    private final LongAdder overflows = new LongAdder();

    /**
     * Counters at zero; a loop has its own.
     *
     * @param loop whose numbers these are
     */
    LoopCounters(Loop loop) {
        this.loop = loop;
    }

    /** Counters of no loop. */
    public LoopCounters() {
        this.loop = null;
    }

    private void add(LoopCount count, long number) {
        Loop own = loop;
        if (own == null || !own.enter()) {
            count.add(number, false);
            return;
        }
        count.add(number, true);
        own.leave();
    }

    /** A connection was placed on the loop. */
    public void connectionOpened() {
        opened.increment();
    }

    /** A connection of the loop was closed. */
    public void connectionClosed() {
        closed.increment();
    }

    /** Bytes came from the network. */
    public void bytesRead(long count) {
        add(read, count);
    }

    /** Bytes were accepted by the kernel for sending. */
    public void bytesWritten(long count) {
        add(written, count);
    }

    /** A request was read completely enough to be answered; counted by the engine. */
    public void requestCounted() {
        add(requests, 1);
    }

    /** The kernel refused submissions for the moment (EAGAIN, EBUSY, EINTR); they are tried again. */
    public void submissionRetried() {
        retries.increment();
    }

    /** More completions came than the queue held, so that the kernel kept some aside; at most once for each poll. */
    public void completionsOverflowed() {
        overflows.increment();
    }

    /** On the loop's own thread only. */
    void mountCounted() {
        mounts.add(1, true);
    }

    /** Connections that are open now. */
    public long connectionsOpen() {
        return Math.max(0, opened.sum() - closed.sum());
    }

    /** Connections since the start. */
    public long connectionsTotal() {
        return opened.sum();
    }

    /** Bytes read since the start. */
    public long bytesRead() {
        return read.sum();
    }

    /** Bytes written since the start. */
    public long bytesWritten() {
        return written.sum();
    }

    /** Requests since the start. */
    public long requests() {
        return requests.sum();
    }

    /** How often a virtual thread was mounted on the loop since the start. */
    public long mounts() {
        return mounts.sum();
    }

    /** How often the kernel refused submissions for the moment. */
    public long submissionRetries() {
        return retries.sum();
    }

    /** In how many polls the kernel had kept completions aside; none is lost. */
    public long completionOverflows() {
        return overflows.sum();
    }
}
