package dev.sluice.engine.lane;

import dev.sluice.engine.http.EventLoop;

/** On the loop itself; for code that never blocks. */
public final class InlineLane implements Lane {
    @Override
    public String name() {
        return "inline";
    }

    @Override
    public void execute(EventLoop loop, LaneTask task) {
        if (!loop.onOwnThread()) {
            loop.execute(() -> execute(loop, task));
            return;
        }
        boolean exact = task.exact();
        int locals = ThreadLocals.count();
        long start = HoldClock.now(exact);
        try {
            loop.runInline(task);
        } finally {
            task.held(HoldClock.now(exact) - start);
            ThreadLocals.forget(locals);
        }
    }
}
