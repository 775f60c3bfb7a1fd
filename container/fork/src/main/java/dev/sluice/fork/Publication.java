package dev.sluice.fork;

import dev.sluice.fork.order.Pristine;
import dev.sluice.fork.order.Schedule;
import dev.sluice.fork.plan.Compiler;
import dev.sluice.fork.plan.Plan;
import dev.sluice.fork.proof.Proof;
import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.ForkCost;
import dev.sluice.fork.report.ForkException;
import dev.sluice.fork.report.ForkNode;
import dev.sluice.fork.report.ForkPlan;
import dev.sluice.fork.walk.Graph;
import dev.sluice.fork.walk.LambdaOrigin;
import dev.sluice.fork.walk.Tree;
import dev.sluice.fork.walk.Walk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** From a graph of the application's objects to a template: walk, check, order, copy, compile. */
final class Publication {
    private static final System.Logger LOG = System.getLogger(Template.class.getName());

    private Publication() {}

    /** @param application what the log calls it; empty if it has no name */
    static <T> Template<T> publish(String application, String name, T root, ForkOptions options) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(root, "root");
        long start = System.nanoTime();
        Graph graph = Walk.of(name, root, options.classifier(), options.maximumObjects());
        refuse(name, graph.findings());
        Schedule schedule = schedule(name, graph);
        Plan plan = Compiler.compile(graph, schedule);
        graph.findings().addAll(Proof.of(graph, plan, options.provedObjects()));
        refuse(name, graph.findings());
        ForkPlan description = describe(graph, plan.size(), System.nanoTime() - start);
        for (Finding warning : graph.findings()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}template ''{1}'': {2}",
                    application.isEmpty() ? "" : application + ": ",
                    name,
                    warning);
        }
        return new Template<>(name, root.getClass(), plan, description, graph.findings(), options);
    }

    static ForkAnalysis analyse(String name, Object root, ForkOptions options) {
        long start = System.nanoTime();
        Graph graph = Walk.of(name, root, options.classifier(), options.maximumObjects());
        List<Finding> findings = new ArrayList<>(graph.findings());
        ForkNode tree = Tree.of(graph, options.classifier(), Tree.NODES);
        Optional<ForkPlan> plan = Optional.empty();
        if (findings.stream().noneMatch(Finding::blocks)) {
            try {
                Schedule schedule = schedule(name, graph);
                Plan compiled = Compiler.compile(graph, schedule);
                findings.addAll(Proof.of(graph, compiled, options.provedObjects()));
                plan = Optional.of(describe(graph, compiled.size(), System.nanoTime() - start));
            } catch (ForkException e) {
                findings.addAll(e.findings());
            }
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return new ForkAnalysis(
                name, findings, tree, findings.stream().anyMatch(Finding::blocks) ? Optional.empty() : plan);
    }

    /** The order of the steps; every object to rebuild has its pristine copy then. */
    private static Schedule schedule(String name, Graph graph) {
        try {
            Schedule schedule = Schedule.of(graph.copied(), graph.rootNode(), new Pristine(name));
            refuse(name, unbuildable(name, schedule));
            Pristine.swap(graph.copied());
            return schedule;
        } catch (Pristine.Failure e) {
            throw new ForkException(name, List.of(e.finding()));
        }
    }

    static ForkNode tree(String name, Plan plan, ForkOptions options, int nodes, ForkCost cost) {
        Graph graph = Walk.of(name, plan.pristine(), options.classifier(), options.maximumObjects());
        return Tree.of(graph, options.classifier(), nodes, cost);
    }

    private static void refuse(String name, List<Finding> findings) {
        if (findings.stream().anyMatch(Finding::blocks)) {
            throw new ForkException(
                    name,
                    findings.stream()
                            .sorted(Comparator.comparing(Finding::severity))
                            .toList());
        }
    }

    private static ForkPlan describe(Graph graph, int steps, long nanos) {
        return new ForkPlan(graph.copied().size(), graph.shared(), graph.bytes(), steps, nanos, graph.branches());
    }

    private static List<Finding> unbuildable(String name, Schedule schedule) {
        return schedule.culprit().stream()
                .map(node -> LambdaOrigin.finding(
                        Finding.Severity.BLOCKER,
                        Finding.Kind.UNBUILDABLE,
                        node,
                        name,
                        node.source,
                        "part of a cycle of objects each of which needs the next one for its constructor",
                        "break the cycle with an object that has a field, for example an AtomicReference"))
                .toList();
    }
}
