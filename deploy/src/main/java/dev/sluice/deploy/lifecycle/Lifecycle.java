package dev.sluice.deploy.lifecycle;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The current state of one thing, with those who follow it. All methods may be called from any thread; followers are called one
 * change after the other, in the order of the changes, by the thread that caused the change.
 */
public final class Lifecycle {
    private static final System.Logger LOG = System.getLogger(Lifecycle.class.getName());

    private final String name;
    private final Clock clock;
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Change last;

    /** Begins as described. */
    public Lifecycle(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
        this.last = new Change(name, State.DESCRIBED, null, State.DESCRIBED, clock.instant(), "");
    }

    /**
     * One arrow that was taken.
     *
     * @param name whose state changed
     * @param from the state before
     * @param event what happened; null only for the initial state
     * @param to the state after
     * @param at when
     * @param reason why it failed, empty for everything else
     */
    public record Change(String name, State from, State.@Nullable Event event, State to, Instant at, String reason) {}

    /** Wants to know about changes. Must not block; what it throws is logged. */
    @FunctionalInterface
    public interface Follower {
        /** The change has happened. */
        void changed(Change change);
    }

    /** The state now. */
    public State state() {
        return last.to();
    }

    /** The last change. */
    public Change last() {
        return last;
    }

    /** Why it failed, if it did. */
    public Optional<String> failure() {
        Change change = last;
        return change.to() == State.FAILED ? Optional.of(change.reason()) : Optional.empty();
    }

    /** Calls the follower for every later change. */
    public void follow(Follower follower) {
        followers.add(follower);
    }

    /**
     * Takes an arrow of the diagram.
     *
     * @throws IllegalTransitionException if there is no such arrow from the current state
     */
    public State on(State.Event event) {
        return on(event, "");
    }

    /**
     * Takes the arrow to failed.
     *
     * @param reason what went wrong, in words for an operator
     */
    public State fail(String reason) {
        return on(State.Event.FAIL, reason);
    }

    private State on(State.Event event, String reason) {
        lock.lock();
        try {
            State from = last.to();
            Change change = new Change(name, from, event, from.after(event), clock.instant(), reason);
            last = change;
            followers.forEach(follower -> tell(follower, change));
            return change.to();
        } finally {
            lock.unlock();
        }
    }

    private static void tell(Follower follower, Change change) {
        try {
            follower.changed(change);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "following " + change + " failed", e);
        }
    }
}
