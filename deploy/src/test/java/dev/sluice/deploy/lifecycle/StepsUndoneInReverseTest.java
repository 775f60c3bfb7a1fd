package dev.sluice.deploy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsUndoneInReverseTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void stopUndoesAllOfThem() throws Exception {
        Steps steps = Steps.builder()
                .step("a", () -> log.add("+a"), () -> log.add("-a"))
                .step("b", () -> log.add("+b"), () -> log.add("-b"))
                .build();

        steps.start();
        steps.stop();

        assertThat(log).containsExactly("+a", "+b", "-b", "-a");
    }

    @Test
    void aFailureUndoesThoseBeforeIt() {
        Steps steps = Steps.builder()
                .step("a", () -> log.add("+a"), () -> log.add("-a"))
                .step("b", () -> log.add("+b"), () -> log.add("-b"))
                .step(
                        "bind the port",
                        () -> {
                            throw new java.net.BindException("in use");
                        },
                        () -> log.add("-c"))
                .step("d", () -> log.add("+d"))
                .build();

        assertThatThrownBy(steps::start).isInstanceOf(StepFailedException.class).hasMessage("bind the port: in use");
        assertThat(log).containsExactly("+a", "+b", "-b", "-a");
    }

    @Test
    void aFailingUndoDoesNotKeepTheRestFromBeingUndone() throws Exception {
        Steps steps = Steps.builder()
                .onStop("a", () -> log.add("-a"))
                .onStop("b", () -> {
                    throw new IllegalStateException("planted");
                })
                .build();

        steps.start();
        steps.stop();

        assertThat(log).containsExactly("-a");
    }

    @Test
    void stoppingTwiceUndoesOnce() throws Exception {
        Steps steps = Steps.builder().onStop("a", () -> log.add("-a")).build();

        steps.start();
        steps.stop();
        steps.stop();

        assertThat(log).containsExactly("-a");
    }
}
