package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.SourceLocation;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A finding behind a lambda names the captured variable and the place where the lambda was made. */
class CapturedVariablesTest {
    private final Thread field = new Thread(() -> {});

    private static Finding only(Object root) {
        ForkAnalysis analysis = ForkAnalysis.of("handler", root, ForkOptions.defaults());
        assertThat(analysis.findings()).hasSize(1);
        return analysis.findings().get(0);
    }

    private static int line() {
        return StackWalker.getInstance()
                .walk(frames -> frames.skip(1).findFirst().orElseThrow().getLineNumber());
    }

    @Test
    void variableMethodAndLine() {
        long before = 3;
        Thread worker = new Thread(() -> {});
        int line = line() + 1;
        Function<String, String> handler = text -> text + before + worker.getName();
        Finding finding = only(handler);
        assertThat(finding.path()).isEqualTo("handler.worker");
        assertThat(finding.type()).isEqualTo("java.lang.Thread");
        assertThat(finding.location())
                .isEqualTo(new SourceLocation(
                        CapturedVariablesTest.class.getName(),
                        "variableMethodAndLine",
                        "CapturedVariablesTest.java",
                        line));
        assertThat(finding.toString())
                .contains("CapturedVariablesTest.java:" + line)
                .contains("captured");
    }

    @Test
    void instanceThatIsCapturedForItsField() {
        IntFunction<String> handler = number -> field.getName() + number;
        Finding finding = only(handler);
        assertThat(finding.path()).isEqualTo("handler.this.field");
        assertThat(finding.where()).map(SourceLocation::method).contains("instanceThatIsCapturedForItsField");
    }

    @Test
    void methodReferenceWithAReceiver() {
        Map<String, Supplier<String>> handlers = Map.of("name", field::getName);
        assertThat(only(handlers).path()).isEqualTo("handler[name].receiver");
    }

    @Test
    void severalThatFitAreAllNamed() {
        Thread worker = new Thread(() -> {});
        Runnable one = () -> worker.interrupt();
        Runnable two = () -> worker.start();
        assertThat(one).isNotSameAs(two);
        Finding finding = only(one);
        assertThat(finding.problem()).contains("severalThatFitAreAllNamed line").contains(", severalThat");
        assertThat(finding.location()).isNotNull();
        assertThat(finding.location().line()).isZero();
        assertThat(finding.location().method()).isEqualTo("severalThatFitAreAllNamed");
    }

    @Test
    void codeWithSwitchesIsReadToItsEnd() {
        Thread worker = new Thread(() -> {});
        int number = (int) (System.nanoTime() & 3);
        String text =
                switch (number) {
                    case 0 -> "a";
                    case 1 -> "b";
                    default -> "c";
                };
        int sparse =
                switch (text.length() * 1000) {
                    case 1000 -> 1;
                    case 100_000 -> 2;
                    default -> 3;
                };
        java.util.function.LongSupplier handler = () -> worker.getPriority() + sparse;
        assertThat(only(handler).where()).map(SourceLocation::method).contains("codeWithSwitchesIsReadToItsEnd");
    }
}
