package dev.sluice.transport.nio;

import dev.sluice.transport.TransportOptions;
import dev.sluice.transport.loop.LoopFailures;
import dev.sluice.transport.loop.LoopThread;
import dev.sluice.transport.loop.LoopWorker;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;

/** A loop around a selector. The attachment of each key is its {@link Handle}. */
final class SelectorLoop extends LoopThread {
    private static final LoopFailures EVENT = new LoopFailures("an event of a socket was not handled");
    private static final LoopFailures CLOSED =
            new LoopFailures("an event of a socket was not handled; its connection is closed");
    private static final System.Logger LOG = System.getLogger(SelectorLoop.class.getName());

    /** What is registered with the selector. */
    interface Handle {
        /** The selector found the channel ready for these operations; called on the loop. */
        void ready(int operations);

        /** The loop stops. */
        void closeNow();

        /** Handling an event ended with an error, such as exhausted memory, half way. */
        void failed();
    }

    private final Selector selector;
    private final Gather gather = new Gather();

    SelectorLoop(LoopWorker worker, int index, TransportOptions options) throws IOException {
        super(worker, index, options.threadName() + "-loop-" + index);
        this.selector = Selector.open();
    }

    /** Where small writes are put together; on the loop only. */
    Gather gather() {
        return gather;
    }

    /** Registers a channel with no interest yet; on the loop only. */
    SelectionKey register(SelectableChannel channel, Handle handle) throws IOException {
        return channel.register(selector, 0, handle);
    }

    /** Adds to the interest of a key or takes from it; from any thread. */
    void interest(SelectionKey key, int operations, boolean on) {
        try {
            int before = on ? key.interestOpsOr(operations) : key.interestOpsAnd(~operations);
            if (on && (before & operations) != operations) {
                selectAgain();
            }
        } catch (CancelledKeyException e) {
            LOG.log(System.Logger.Level.TRACE, "interest in a closed channel", e);
        }
    }

    /** Lets a sleeping selector notice changed interest or a closed channel; nothing on the loop itself. */
    void selectAgain() {
        wakeUpIfSleeping();
    }

    @Override
    protected void poll(long nanos) {
        try {
            if (nanos == 0) {
                selector.selectNow();
            } else {
                selector.select(nanos < 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "selecting failed on " + getName(), e);
        } finally {
            awake();
        }
        var selected = selector.selectedKeys();
        if (selected.isEmpty()) {
            return;
        }
        for (SelectionKey key : selected) {
            dispatch(key);
        }
        selected.clear();
    }

    private static void dispatch(SelectionKey key) {
        try {
            if (key.isValid()) {
                ((Handle) key.attachment()).ready(key.readyOps() & key.interestOps());
            }
        } catch (CancelledKeyException e) {
            LOG.log(System.Logger.Level.TRACE, "closed while it was ready", e);
        } catch (RuntimeException e) {
            EVENT.log(e);
        } catch (Throwable e) {
            CLOSED.log(e);
            ((Handle) key.attachment()).failed();
        }
    }

    @Override
    protected void wakeUp() {
        selector.wakeup();
    }

    @Override
    protected void closeSockets() {
        for (SelectionKey key : new ArrayList<>(selector.keys())) {
            ((Handle) key.attachment()).closeNow();
        }
    }

    @Override
    protected boolean socketsClosed() {
        return selector.keys().isEmpty();
    }

    @Override
    protected void release() {
        IoUtils.safeClose(selector);
    }
}
