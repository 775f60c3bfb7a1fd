package dev.sluice.tck;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints, after a run, how many tests of each package ran, failed and were skipped. */
public final class PackageSummary implements TestExecutionListener {
    private final Map<String, int[]> packages = new TreeMap<>();
    private TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        if (test.isTest()) {
            count(test, 2);
        } else {
            plan.getChildren(test).forEach(child -> executionSkipped(child, reason));
        }
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        if (test.isTest()) {
            count(test, passed ? 0 : 1);
        } else if (!passed) {
            // A class whose deployment failed never gets to its tests: each of them counts as failed.
            plan.getDescendants(test).stream().filter(TestIdentifier::isTest).forEach(child -> count(child, 1));
        }
    }

    private void count(TestIdentifier test, int column) {
        packages.computeIfAbsent(packageOf(test), key -> new int[3])[column]++;
    }

    private static String packageOf(TestIdentifier test) {
        String name = test.getSource()
                .map(source -> source instanceof MethodSource method
                        ? method.getClassName()
                        : source instanceof ClassSource type ? type.getClassName() : "other.")
                .orElse("other.");
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan finished) {
        int[] total = new int[3];
        StringBuilder text = new StringBuilder("\n  run failed skipped  package\n");
        packages.forEach((name, counts) -> {
            append(text, counts, name);
            for (int i = 0; i < total.length; i++) {
                total[i] += counts[i];
            }
        });
        append(text, total, "all");
        if (!packages.isEmpty()) {
            System.out.println(text);
        }
    }

    private static void append(StringBuilder text, int[] counts, String name) {
        text.append(String.format("%5d %6d %7d  %s%n", counts[0] + counts[1], counts[1], counts[2], name));
    }
}
