package dev.sluice.deploy.lifecycle;

import java.io.Serial;
import java.util.Arrays;
import java.util.stream.Collectors;

/** An event came in a state that has no arrow for it; the message says from, event and to. */
public final class IllegalTransitionException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    IllegalTransitionException(State from, State.Event event) {
        super("transition from " + from + " by " + event + " to nowhere (expected: " + arrows(from) + ")");
    }

    private static String arrows(State from) {
        return Arrays.stream(State.Event.values())
                .filter(event -> from.next(event).isPresent())
                .map(event -> event + " to " + from.after(event))
                .collect(Collectors.joining(" or "));
    }
}
