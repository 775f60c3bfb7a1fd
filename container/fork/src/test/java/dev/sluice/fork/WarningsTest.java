package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.ForkNode;
import dev.sluice.fork.report.ForkPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be forked but may surprise, and what the description of a template shows. */
class WarningsTest {
    static final class Sentinel {
        static final Sentinel NONE = new Sentinel();
        int uses;
    }

    static final class Link {
        Object next;
    }

    @Test
    void copyOfAnObjectThatAStaticFieldHolds() {
        Template<List<Sentinel>> template =
                Template.of("state", new ArrayList<>(List.of(Sentinel.NONE, new Sentinel())), ForkOptions.defaults());
        assertThat(template.warnings()).hasSize(1);
        assertThat(template.warnings().get(0).kind()).isEqualTo(Finding.Kind.SINGLETON);
        assertThat(template.warnings().get(0).path()).isEqualTo("state[0]");
        assertThat(template.warnings().get(0).blocks()).isFalse();
    }

    @Test
    void longPathsAreCutInTheMiddle() {
        Object last = new Thread(() -> {});
        for (int i = 0; i < 10_000; i++) {
            Link link = new Link();
            link.next = last;
            last = link;
        }
        Finding finding =
                ForkAnalysis.of("list", last, ForkOptions.defaults()).findings().get(0);
        assertThat(finding.path())
                .startsWith("list.next.next")
                .contains(" ... ")
                .hasSizeLessThan(500);
    }

    @Test
    void planAndTreeShowWhatAForkCosts() {
        Map<String, Object> state = new java.util.TreeMap<>();
        List<int[]> big = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            big.add(new int[10]);
        }
        state.put("big", big);
        state.put("shared", List.of("a", "b"));
        Template<Map<String, Object>> template = Template.of("state", state, ForkOptions.defaults());
        ForkPlan plan = template.plan();
        assertThat(plan.copiedObjects()).isEqualTo(102);
        assertThat(plan.bytes()).isBetween(5_000L, 10_000L);
        assertThat(plan.branches().get(0).path()).isEqualTo("state[big]");
        ForkNode tree = template.tree(20, template.measure());
        assertThat(tree.objects()).isEqualTo(102);
        assertThat(tree.children().get(0).label()).isEqualTo("[big]");
        assertThat(tree.children().get(0).omitted()).isPositive();
        assertThat(tree.children())
                .extracting(ForkNode::treatment)
                .contains(ForkNode.Treatment.COPIED, ForkNode.Treatment.IMMUTABLE);
    }

    @Test
    void analysisOfForkableStateHasAPlanAndChangesNothing() {
        List<int[]> state = new ArrayList<>(List.of(new int[] {1}));
        ForkAnalysis analysis = ForkAnalysis.of("state", state, ForkOptions.defaults());
        assertThat(analysis.forkable()).isTrue();
        assertThat(analysis.plan()).map(ForkPlan::copiedObjects).contains(2L);
        assertThat(state.get(0)).containsExactly(1);
    }
}
