package dev.sluice.transport;

import java.util.concurrent.atomic.LongAdder;

/** What happened on one loop. Written by the transport and the engine, read by anyone, exact when nothing is going on. */
public final class LoopCounters {
    private final LongAdder opened = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder read = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder mounts = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder overflows = new LongAdder();

    /** Counters at zero; a loop has its own. */
    public LoopCounters() {}

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
        read.add(count);
    }

    /** Bytes were accepted by the kernel for sending. */
    public void bytesWritten(long count) {
        written.add(count);
    }

    /** A request was read completely enough to be answered; counted by the engine. */
    public void requestCounted() {
        requests.increment();
    }

    /** The kernel refused submissions for the moment (EAGAIN, EBUSY, EINTR); they are tried again. */
    public void submissionRetried() {
        retries.increment();
    }

    /** More completions came at once than the queue holds, so that the kernel had to keep some aside. */
    public void completionsOverflowed() {
        overflows.increment();
    }

    void mountCounted() {
        mounts.increment();
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

    /** How often the kernel had to keep completions aside. */
    public long completionOverflows() {
        return overflows.sum();
    }
}
