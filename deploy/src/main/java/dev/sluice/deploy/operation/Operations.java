package dev.sluice.deploy.operation;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The operations of a server: those under way, and of those that are over the newest. Safe for use by many threads. */
final class Operations {
    private static final int REMEMBERED = 200;

    private final Clock clock;
    private final Consumer<Operation> follower;
    private final AtomicLong count = new AtomicLong();
    private final Map<String, Operation> all = new LinkedHashMap<>(); // guarded by this
    private final Map<String, List<Runnable>> afterwards = new LinkedHashMap<>(); // guarded by this

    Operations(Clock clock, Consumer<Operation> follower) {
        this.clock = clock;
        this.follower = follower;
    }

    Instant now() {
        return clock.instant();
    }

    /** Of this process and no other one before it. */
    String nextId() {
        return Long.toString(clock.millis(), 36) + "-" + count.incrementAndGet();
    }

    Operation begin(String what, String application, String who) {
        Operation operation = new Operation(nextId(), what, application, who, clock, this::over);
        synchronized (this) {
            all.put(operation.id(), operation);
            Iterator<Operation> oldest = all.values().iterator();
            while (all.size() > REMEMBERED && oldest.hasNext()) {
                if (oldest.next().outcome() != Operation.Outcome.RUNNING) {
                    oldest.remove();
                }
            }
        }
        return operation;
    }

    /** Runs the action when the operation is over, at once if it is. */
    void whenOver(Operation operation, Runnable action) {
        synchronized (this) {
            if (operation.outcome() == Operation.Outcome.RUNNING) {
                afterwards
                        .computeIfAbsent(operation.id(), id -> new ArrayList<>())
                        .add(action);
                return;
            }
        }
        action.run();
    }

    private void over(Operation operation) {
        List<Runnable> actions;
        synchronized (this) {
            actions = afterwards.remove(operation.id());
        }
        if (actions != null) {
            actions.forEach(Runnable::run);
        }
        follower.accept(operation);
    }

    synchronized List<Operation> all() {
        List<Operation> newest = new ArrayList<>(all.values());
        Collections.reverse(newest);
        return newest;
    }

    synchronized Optional<Operation> find(String id) {
        return Optional.ofNullable(all.get(id));
    }
}
