package dev.sluice.deploy.lifecycle;

import java.util.Locale;
import java.util.Optional;

/**
 * Where something that starts and stops stands.
 *
 * <pre>
 *              START           STARTED           DRAIN             STOPPED
 *  described --------> starting -------> running -------> draining --------> stopped
 *   |   |              |      ^                                               ^ ^  |
 *   |   | FAIL    FAIL |      | START                                         | |  |
 *   |   +--> failed &lt;--+      +---- failed ------------- STOPPED ------------+ |  |
 *   |                         +------------------------- START ----------------|--+
 *   +-------------------------------- STOPPED ---------------------------------+
 * </pre>
 */
public enum State {
    /** Known, nothing was started. */
    DESCRIBED,
    /** Being started. */
    STARTING,
    /** Serves requests. */
    RUNNING,
    /** Takes no new requests, the last ones are being answered. */
    DRAINING,
    /** Over; what was acquired is released. */
    STOPPED,
    /** Did not start; the reason is known. */
    FAILED;

    /** What can happen to it. */
    public enum Event {
        /** The start begins. */
        START,
        /** The start succeeded. */
        STARTED,
        /** The description or the start failed. */
        FAIL,
        /** The end begins. */
        DRAIN,
        /** Everything was released. */
        STOPPED;

        /** The name in messages. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The diagram: the state after an event, or empty if there is no such arrow. */
    public Optional<State> next(Event event) {
        State next =
                switch (event) {
                    case START -> this == DESCRIBED || this == STOPPED || this == FAILED ? STARTING : null;
                    case STARTED -> this == STARTING ? RUNNING : null;
                    case FAIL -> this == DESCRIBED || this == STARTING ? FAILED : null;
                    case DRAIN -> this == RUNNING ? DRAINING : null;
                    case STOPPED -> this == DRAINING || this == DESCRIBED || this == FAILED ? STOPPED : null;
                };
        return Optional.ofNullable(next);
    }

    /**
     * The state after an event.
     *
     * @throws IllegalTransitionException if the diagram has no such arrow
     */
    public State after(Event event) {
        return next(event).orElseThrow(() -> new IllegalTransitionException(this, event));
    }

    /** The name in logs, health and JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
