package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.fork.report.ForkCost;
import dev.sluice.fork.report.ForkNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** What the branches of a template take is measured while it is forked. */
class MeasuredTreeTest {
    private static final int HEADER = 16;

    private static Map<String, Object> state() {
        Map<String, Object> state = new TreeMap<>();
        List<byte[]> big = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            big.add(new byte[10_000]);
        }
        state.put("big", big);
        state.put("small", new ArrayList<>(List.of("a", "b")));
        state.put("fixed", List.of("a"));
        return state;
    }

    @Test
    void memoryOfTheWholeAndOfItsBranches() {
        Template<Map<String, Object>> template = Template.of("state", state(), ForkOptions.defaults());
        ForkCost cost = template.measure();
        assertThat(cost.forks()).isGreaterThanOrEqualTo(2);
        assertThat(cost.bytes()).isCloseTo(50L * (10_000 + HEADER), Percentage.withPercentage(5));
        ForkNode tree = template.tree(20, cost);
        assertThat(tree.bytes()).isCloseTo(cost.bytes(), Percentage.withPercentage(5));
        ForkNode big = tree.children().get(0);
        assertThat(big.label()).isEqualTo("[big]");
        assertThat(big.bytes()).isCloseTo(50L * (10_000 + HEADER), Percentage.withPercentage(5));
        assertThat(tree.children())
                .filteredOn(node -> node.treatment() == ForkNode.Treatment.COPIED)
                .extracting(ForkNode::label)
                .containsExactly("[big]", "[small]");
    }

    @Test
    void timeIsThatOfAForkDividedAmongTheBranches() {
        Template<Map<String, Object>> template = Template.of("state", state(), ForkOptions.defaults());
        ForkCost cost = template.measure();
        ForkNode tree = template.tree(20, cost);
        assertThat(cost.nanos()).isPositive();
        assertThat(tree.nanos()).isCloseTo(cost.nanos(), Percentage.withPercentage(1));
        assertThat(tree.children().stream().mapToLong(ForkNode::nanos).sum()).isLessThanOrEqualTo(tree.nanos());
        assertThat(tree.children().get(0).nanos()).isPositive();
    }

    @Test
    void whatAllForksShareTakesNothing() {
        Template<List<String>> template = Template.of("state", List.of("a"), ForkOptions.defaults());
        assertThat(template.measure()).isEqualTo(ForkCost.NOTHING);
        assertThat(template.tree(20, ForkCost.NOTHING).treatment()).isEqualTo(ForkNode.Treatment.IMMUTABLE);
    }

    /** The JVM does not tell what virtual threads allocate. */
    @Test
    void onAVirtualThreadSizesAreEstimated() throws Exception {
        assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(21);
        Template<Map<String, Object>> template = Template.of("state", state(), ForkOptions.defaults());
        FutureTask<ForkCost> measuring = new FutureTask<>(template::measure);
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, measuring);
        ForkCost cost = measuring.get();
        assertThat(cost.bytes()).isEqualTo(-1);
        assertThat(cost.nanos()).isPositive();
        assertThat(template.tree(20, cost).bytes())
                .isEqualTo(template.plan().bytes())
                .isPositive();
    }

    @Test
    void measuringIsNotCounted() {
        Template<Map<String, Object>> template = Template.of("state", state(), ForkOptions.defaults());
        template.measure();
        assertThat(template.statistics().forks()).isZero();
        assertThat(template.statistics().nanos()).isZero();
        Forks.forRequest().get(template);
        assertThat(template.statistics().forks()).isOne();
        assertThat(template.statistics().nanos()).isPositive();
    }
}
