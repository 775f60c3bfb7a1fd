package dev.sluice.war.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fork.report.Finding;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The planted corpus: every fault is found in its place, and clean applications are left alone. */
class CorpusTest {
    static Stream<Corpus> faulty() {
        return Corpus.all("faulty").stream();
    }

    private static List<Finding> blockers(Corpus application) {
        return Checked.sources(application.source()).all().stream()
                .filter(Finding::blocks)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("faulty")
    void theFaultIsABlockerWithItsPathAndLine(Corpus application) {
        assertThat(blockers(application)).as("blockers of %s", application).anySatisfy(found -> {
            assertThat(found.path()).isEqualTo(application.fault());
            assertThat(found.where().orElseThrow().line() == application.line()
                            || found.problem().contains("line " + application.line()))
                    .as("names line %d", application.line())
                    .isTrue();
        });
    }

    @Test
    void cleanApplicationsHaveAtMostOneBlockerTogether() {
        Map<String, List<Finding>> wrong = new TreeMap<>();
        for (Corpus application : Corpus.all("clean")) {
            List<Finding> found = blockers(application);
            if (!found.isEmpty()) {
                wrong.put(application.name(), found);
            }
        }
        assertThat(wrong).hasSizeLessThanOrEqualTo(1);
        assertThat(wrong.values()).allSatisfy(found -> assertThat(found).hasSize(1));
    }

    @Test
    void thereAreThirtyOfEach() {
        assertThat(Corpus.all("faulty")).hasSizeGreaterThanOrEqualTo(30);
        assertThat(Corpus.all("clean")).hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void mostCleanApplicationsAreShownToBeSafe() {
        List<String> open = Corpus.all("clean").stream()
                .filter(application ->
                        !Checked.sources(application.source()).reasons().isEmpty())
                .map(Corpus::name)
                .toList();
        assertThat(open).hasSizeLessThanOrEqualTo(3);
    }
}
