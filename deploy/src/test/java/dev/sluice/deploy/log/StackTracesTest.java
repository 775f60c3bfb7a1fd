package dev.sluice.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StackTracesTest {
    private static int deep(int depth) {
        return depth == 0 ? Integer.parseInt("x") : deep(depth - 1) + 1;
    }

    private static int endless(int depth) {
        return other(depth + 1) + 1;
    }

    private static int other(int depth) {
        return endless(depth + 1) + 1;
    }

    private static Throwable thrownBy(Runnable code) {
        try {
            code.run();
        } catch (Throwable thrown) {
            return thrown;
        }
        throw new AssertionError("nothing was thrown");
    }

    @Test
    void anOrdinaryOneIsAsTheJdkWritesIt() {
        Throwable thrown = new IllegalStateException("outer", new IllegalArgumentException("inner"));
        java.io.StringWriter text = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(text));

        assertThat(StackTraces.text(thrown).lines().toList())
                .isEqualTo(text.toString().stripTrailing().lines().toList());
    }

    @Test
    void aStackOverflowIsShortAndSaysWhatRepeats() {
        String text = StackTraces.text(thrownBy(() -> endless(0)));

        assertThat(text.lines().count()).isLessThan(60);
        assertThat(text)
                .startsWith("java.lang.StackOverflowError")
                .contains("StackTracesTest.endless", "StackTracesTest.other", "... the 2 lines above ");
    }

    @Test
    void recursionThatEndsKeepsItsBothEnds() {
        String text = StackTraces.text(thrownBy(() -> deep(500)));

        assertThat(text)
                .contains("NumberFormatException", "Integer.parseInt", "the line above 501 times", "thrownBy")
                .doesNotContain("left out");
    }

    @Test
    void whatDoesNotRepeatIsCut() {
        Throwable thrown = new IllegalStateException("deep");
        StackTraceElement[] frames = new StackTraceElement[3000];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = new StackTraceElement("C" + i, "m", "C.java", i);
        }
        thrown.setStackTrace(frames);

        assertThat(StackTraces.text(thrown).lines().count()).isEqualTo(201);
        assertThat(StackTraces.text(thrown)).contains("C0.m", "C2999.m", "... 2801 lines left out");
    }
}
