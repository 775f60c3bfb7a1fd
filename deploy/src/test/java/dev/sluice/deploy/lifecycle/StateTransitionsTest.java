package dev.sluice.deploy.lifecycle;

import static dev.sluice.deploy.lifecycle.State.DESCRIBED;
import static dev.sluice.deploy.lifecycle.State.DRAINING;
import static dev.sluice.deploy.lifecycle.State.FAILED;
import static dev.sluice.deploy.lifecycle.State.RUNNING;
import static dev.sluice.deploy.lifecycle.State.STARTING;
import static dev.sluice.deploy.lifecycle.State.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateTransitionsTest {
    private static final Map<State, Map<State.Event, State>> DIAGRAM = Map.of(
            DESCRIBED, Map.of(State.Event.START, STARTING, State.Event.FAIL, FAILED, State.Event.STOPPED, STOPPED),
            STARTING, Map.of(State.Event.STARTED, RUNNING, State.Event.FAIL, FAILED),
            RUNNING, Map.of(State.Event.DRAIN, DRAINING),
            DRAINING, Map.of(State.Event.STOPPED, STOPPED),
            STOPPED, Map.of(State.Event.START, STARTING),
            FAILED, Map.of(State.Event.START, STARTING, State.Event.STOPPED, STOPPED));

    @ParameterizedTest
    @EnumSource(State.class)
    void everyPairOfStateAndEventFollowsTheDiagram(State from) {
        for (State.Event event : State.Event.values()) {
            State expected = DIAGRAM.get(from).get(event);
            if (expected != null) {
                assertThat(from.after(event)).as("%s by %s", from, event).isEqualTo(expected);
            } else {
                assertThatThrownBy(() -> from.after(event))
                        .isInstanceOf(IllegalTransitionException.class)
                        .hasMessageContaining("from " + from)
                        .hasMessageContaining("by " + event);
            }
        }
    }

    @Test
    void anIllegalTransitionSaysWhatWouldBePossible() {
        assertThatThrownBy(() -> RUNNING.after(State.Event.START))
                .hasMessage("transition from running by start to nowhere (expected: drain to draining)");
    }
}
