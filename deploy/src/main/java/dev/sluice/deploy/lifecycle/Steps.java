package dev.sluice.deploy.lifecycle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A start as an ordered list of named steps. When one fails, those before it are undone in reverse order; stopping undoes all of
 * them in reverse order, each even if another fails. Used by one thread at a time.
 */
public final class Steps {
    private static final System.Logger LOG = System.getLogger(Steps.class.getName());

    /** What a step gets when those before it have used the time up: enough to close a file. */
    private static final long LEAST_MILLIS = 250;

    private final List<Step> steps;
    private final Deque<Step> done = new ArrayDeque<>();

    private Steps(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** What a step does. */
    @FunctionalInterface
    public interface Action {
        /** Does it; anything thrown fails the step. */
        void run() throws Throwable;
    }

    private record Step(String name, Action up, Action down) {}

    /** Collects the steps in the order of the start. */
    public static final class Builder {
        private final List<Step> steps = new ArrayList<>();

        private Builder() {}

        /** Adds a step and how it is undone. */
        public Builder step(String name, Action up, Action down) {
            steps.add(new Step(name, up, down));
            return this;
        }

        /** Adds a step that leaves nothing to undo. */
        public Builder step(String name, Action up) {
            return step(name, up, () -> {});
        }

        /** Adds what has to be done when stopping only. */
        public Builder onStop(String name, Action down) {
            return step(name, () -> {}, down);
        }

        /** The steps, none of them taken. */
        public Steps build() {
            return new Steps(steps);
        }
    }

    /** A builder without steps. */
    public static Builder builder() {
        return new Builder();
    }

    /** The names in the order of the start. */
    public List<String> names() {
        return steps.stream().map(Step::name).toList();
    }

    /**
     * Takes all steps.
     *
     * @throws StepFailedException naming the step that failed, after those before it were undone
     */
    public void start() throws StepFailedException {
        start(() -> null);
    }

    /**
     * Takes all steps within bounds: it may be stopped in between, and undoing has an end.
     *
     * @param undoBy asked before each step: null to go on, otherwise to undo what was done by then
     * @throws StepFailedException naming the step that failed or was not taken, after those before it were undone
     */
    public void start(Supplier<@Nullable Deadline> undoBy) throws StepFailedException {
        for (Step step : steps) {
            try {
                if (undoBy.get() != null) {
                    throw new InterruptedException("stopped before it");
                }
                step.up().run();
                done.push(step);
            } catch (Throwable e) {
                StepFailedException failure = new StepFailedException(step.name(), e);
                undo(undoBy.get()).forEach(failure::addSuppressed);
                throw failure;
            }
        }
    }

    /** Undoes in reverse what was done; what fails is logged with the step's name, and the rest is undone all the same. */
    public void stop() {
        tell(undo(null));
    }

    /**
     * The same by a deadline: what is not undone by then is left behind with a line that says where it is, and the rest is undone all
     * the same, each in a moment.
     */
    public void stop(Deadline deadline) {
        tell(undo(deadline));
    }

    private static void tell(List<StepFailedException> failures) {
        for (StepFailedException failure : failures) {
            LOG.log(System.Logger.Level.WARNING, failure.getMessage(), failure.getCause());
        }
    }

    private List<StepFailedException> undo(@Nullable Deadline deadline) {
        List<StepFailedException> failures = new ArrayList<>();
        while (!done.isEmpty()) {
            Step step = done.pop();
            try {
                if (deadline == null) {
                    step.down().run();
                } else {
                    undo(step, deadline);
                }
            } catch (Throwable e) {
                failures.add(new StepFailedException("undo of " + step.name(), e));
            }
        }
        return failures;
    }

    private static void undo(Step step, Deadline deadline) throws Throwable {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        step.down().run();
                    } catch (Throwable e) {
                        failure.set(e);
                    }
                },
                "sluice-stop-" + step.name().replace(' ', '-'));
        thread.setDaemon(true);
        thread.start();
        thread.join(Math.max(deadline.left().toMillis(), LEAST_MILLIS));
        if (thread.isAlive()) {
            TimeoutException late = new TimeoutException("did not end in time; it is left behind");
            late.setStackTrace(thread.getStackTrace());
            throw late;
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }
}
