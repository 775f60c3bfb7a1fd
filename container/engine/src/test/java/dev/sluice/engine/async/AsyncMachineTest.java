package dev.sluice.engine.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The whole transition function, and what random walks through it keep. */
class AsyncMachineTest {
    private static final String ILLEGAL = "-";

    /** One row for each state: START, DISPATCH, COMPLETE, RETURN, TIMEOUT, ERROR, DISCONNECT, as state/action. */
    private static final Map<AsyncState, List<String>> TABLE = new EnumMap<>(Map.of(
            AsyncState.RUNNING,
            row("STARTED/NONE", ILLEGAL, ILLEGAL, "COMPLETED/FINISH", "RUNNING/NONE", "RUNNING/NONE", "RUNNING/NONE"),
            AsyncState.STARTED,
            row(
                    ILLEGAL,
                    "DISPATCH_DUE/NONE",
                    "COMPLETE_DUE/NONE",
                    "WAITING/WAIT",
                    "STARTED/NONE",
                    "FAILING/NOTIFY_ERROR",
                    "STARTED/NONE"),
            AsyncState.WAITING,
            row(
                    ILLEGAL,
                    "DISPATCH_DUE/SCHEDULE",
                    "COMPLETE_DUE/SCHEDULE",
                    "WAITING/NONE",
                    "TIMING_OUT/NOTIFY_TIMEOUT",
                    "FAILING/NOTIFY_ERROR",
                    "FAILING/NOTIFY_ERROR"),
            AsyncState.TIMING_OUT,
            row(
                    ILLEGAL,
                    "DISPATCH_DUE/NONE",
                    "COMPLETE_DUE/NONE",
                    "ERROR_DISPATCHED/ERROR_DISPATCH",
                    "TIMING_OUT/NONE",
                    "TIMING_OUT/NONE",
                    "TIMING_OUT/NONE"),
            AsyncState.FAILING,
            row(
                    ILLEGAL,
                    "DISPATCH_DUE/NONE",
                    "COMPLETE_DUE/NONE",
                    "ERROR_DISPATCHED/ERROR_DISPATCH",
                    "FAILING/NONE",
                    "FAILING/NONE",
                    "FAILING/NONE"),
            AsyncState.ERROR_DISPATCHED,
            row(
                    ILLEGAL,
                    "DISPATCH_DUE/NONE",
                    "COMPLETE_DUE/NONE",
                    "COMPLETED/FINISH",
                    "ERROR_DISPATCHED/NONE",
                    "ERROR_DISPATCHED/NONE",
                    "ERROR_DISPATCHED/NONE"),
            AsyncState.DISPATCH_DUE,
            row(
                    ILLEGAL,
                    ILLEGAL,
                    ILLEGAL,
                    "RUNNING/DISPATCH",
                    "DISPATCH_DUE/NONE",
                    "FAILING/NOTIFY_ERROR",
                    "DISPATCH_DUE/NONE"),
            AsyncState.COMPLETE_DUE,
            row(
                    ILLEGAL,
                    ILLEGAL,
                    ILLEGAL,
                    "COMPLETED/FINISH",
                    "COMPLETE_DUE/NONE",
                    "COMPLETE_DUE/NONE",
                    "COMPLETE_DUE/NONE"),
            AsyncState.COMPLETED,
            row(ILLEGAL, ILLEGAL, ILLEGAL, "COMPLETED/NONE", "COMPLETED/NONE", "COMPLETED/NONE", "COMPLETED/NONE")));

    private static List<String> row(String... cells) {
        return List.of(cells);
    }

    @Test
    void everyTransition() {
        for (AsyncState state : AsyncState.values()) {
            List<String> actual = new ArrayList<>();
            for (AsyncSignal signal : AsyncSignal.values()) {
                AsyncMachine.Step step = AsyncMachine.next(state, signal);
                actual.add(step == null ? ILLEGAL : step.to() + "/" + step.action());
            }
            assertThat(actual).as(state.name()).isEqualTo(TABLE.get(state));
        }
    }

    @Test
    void anIllegalCallNamesStateCallAndExpectation() {
        AsyncMachine machine = new AsyncMachine();
        assertThatThrownBy(() -> machine.signal(AsyncSignal.COMPLETE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("RUNNING", "complete()", "expected");
    }

    @Test
    void everyWalkFinishesOnce() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int walk = 0; walk < 2_000; walk++) {
            AsyncMachine machine = new AsyncMachine();
            int finished = 0;
            for (int step = 0; step < 200; step++) {
                AsyncSignal[] signals = AsyncSignal.values();
                AsyncSignal signal = signals[random.nextInt(signals.length)];
                if (AsyncMachine.next(machine.state(), signal) != null
                        && machine.signal(signal) == AsyncAction.FINISH) {
                    finished++;
                }
            }
            assertThat(finished).as("seed " + seed).isLessThanOrEqualTo(1);
            assertThat(finished == 1).as("seed " + seed).isEqualTo(machine.state() == AsyncState.COMPLETED);
        }
    }
}
