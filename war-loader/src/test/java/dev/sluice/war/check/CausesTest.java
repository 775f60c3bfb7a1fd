package dev.sluice.war.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fork.report.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The text groups findings by cause, the worst first, and the application's own before those of libraries. */
class CausesTest {
    private static final Looked LOOKED = new Looked(1, 1, 1, 0, 0, List.of(), 0);

    private static CheckReport report(List<Finding> findings, List<LibraryReport> libraries) {
        return new CheckReport("shop", "", LOOKED, findings, libraries, List.of(), Optional.empty(), Duration.ZERO);
    }

    private static List<Finding> counters(int count) {
        return Checked.app(IntStream.range(0, count)
                        .mapToObj(i -> "private static int n" + i + "; void h" + i + "() { n" + i + "++; }")
                        .collect(Collectors.joining("\n")))
                .all();
    }

    @Test
    void theFirstOfACauseAreWrittenOutAndTheOthersCounted() {
        String text = report(counters(9), List.of()).text();
        assertThat(text.lines().filter(line -> line.startsWith("BLOCKER"))).hasSize(3);
        assertThat(text)
                .contains("  and 6 more of this cause: shop.App.n3, shop.App.n4")
                .contains("9 blockers");
    }

    @Test
    void allOnRequest() {
        assertThat(report(counters(9), List.of())
                        .text(Integer.MAX_VALUE - 1)
                        .lines()
                        .filter(line -> line.startsWith("BLOCKER")))
                .hasSize(9);
    }

    @Test
    void aWriteAfterStartStandsBeforeALazilySetSingletonAndThatBeforeCaches() {
        List<Finding> findings = Checked.app("private static App one; private static int n;"
                        + " private static final Map<String, String> CACHE = new ConcurrentHashMap<>();"
                        + " static int a() { if (one == null) { one = new App(); } return one.hashCode(); }"
                        + " static void b() { n++; } static void c() { CACHE.computeIfAbsent(\"a\", k -> k); }")
                .all();
        assertThat(findings.stream().map(Finding::path))
                .containsExactly("shop.App.n", "shop.App.one", "shop.App.CACHE");
        assertThat(findings.stream().map(Finding::severity))
                .containsExactly(Finding.Severity.BLOCKER, Finding.Severity.WARNING, Finding.Severity.NOTE);
    }

    @Test
    void librariesStandBehindTheApplication() {
        LibraryReport library = new LibraryReport("a.jar", 7, counters(5), false);
        String text = report(counters(1), List.of(library)).text();
        assertThat(text.indexOf("BLOCKER shop.App.n0 ->")).isLessThan(text.indexOf("LIBRARY a.jar: 5 blockers"));
        assertThat(text.lines().filter(line -> line.startsWith("  BLOCKER"))).hasSize(3);
    }

    @Test
    void whatRunningItShowedDecidesToo() {
        CheckReport clean = report(List.of(), List.of());
        StartedRun leaking = new StartedRun(
                List.of(), 1, List.of(), List.of(new StartedRun.Leak("shop.App.last", "GET /", "a", "b", false)));
        assertThat(clean.verdict()).isEqualTo(Verdict.SAFE);
        assertThat(clean.with(leaking).verdict()).isEqualTo(Verdict.UNSAFE);
        assertThat(clean.with(leaking).text())
                .contains("BLOCKER shop.App.last -> seen at run time: GET / left it changed");
        assertThat(clean.with(StartedRun.failed("it did not answer")).verdict()).isEqualTo(Verdict.UNDECIDED);
        StartedRun forked = new StartedRun(List.of("cart (1 object)"), 1, List.of(), List.of());
        assertThat(clean.with(forked).verdict()).isEqualTo(Verdict.SAFE);
        CheckReport nothing = clean.with(new StartedRun(List.of(), 1, List.of(), List.of()));
        assertThat(nothing.verdict()).as("what the class files say").isEqualTo(Verdict.SAFE);
        assertThat(nothing.text()).contains("0 templates, so that nothing was forked, 1 route called");
    }
}
