package dev.sluice.fork;

import dev.sluice.fork.plan.Plan;
import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.ForkCost;
import dev.sluice.fork.report.ForkException;
import dev.sluice.fork.report.ForkNode;
import dev.sluice.fork.report.ForkPlan;
import java.util.List;

/**
 * State that an application published once: an immutable private copy of a graph of objects, and the plan to rebuild
 * its mutable part.
 *
 * <p>Immutable and safe for use by any number of threads at once, without locks. What the application does to the
 * objects that it published, or to any fork, changes neither the template nor another fork.
 *
 * @param <T> type of the root
 */
public final class Template<T> {
    private final String name;
    private final Class<?> type;
    private final Plan plan;
    private final ForkPlan description;
    private final List<Finding> warnings;
    private final ForkOptions options;
    private final ForkCounter counter = new ForkCounter();

    Template(String name, Class<?> type, Plan plan, ForkPlan description, List<Finding> warnings, ForkOptions options) {
        this.name = name;
        this.type = type;
        this.plan = plan;
        this.description = description;
        this.warnings = List.copyOf(warnings);
        this.options = options;
    }

    /**
     * Publishes a graph without a registry; see {@link Templates#publish(String, Object, ForkOptions)}.
     *
     * @throws ForkException when the graph holds something that must not be copied
     */
    public static <T> Template<T> of(String name, T root, ForkOptions options) {
        return Publication.publish("", name, root, options);
    }

    public String name() {
        return name;
    }

    /** Class of the root. */
    public Class<?> type() {
        return type;
    }

    /** A new fork: equal in shape to the template, sharing no mutable object with it or with any other fork. */
    @SuppressWarnings("unchecked")
    public T fork() {
        return (T) plan.fork();
    }

    /** Like {@link #fork()}, and seen by {@link #statistics()}. */
    T counted() {
        return counter.count(this);
    }

    /** What a fork costs. */
    public ForkPlan plan() {
        return description;
    }

    /** How often, and how fast, this template was forked through {@link Forks}. */
    public ForkStatistics statistics() {
        return counter.snapshot();
    }

    /** What its author should know although it could be published. */
    public List<Finding> warnings() {
        return warnings;
    }

    /**
     * What a fork takes now, on this thread: makes forks for some tens of milliseconds, and at least two. Those are not counted.
     */
    public ForkCost measure() {
        return plan.measure();
    }

    /**
     * The template as a tree, cut to about so many nodes, for a person to look at. Walks the graph anew.
     *
     * @param cost what was measured, to be divided among the branches
     */
    public ForkNode tree(int nodes, ForkCost cost) {
        return Publication.tree(name, plan, options, nodes, cost);
    }

    @Override
    public String toString() {
        return "Template[" + name + ", " + type.getName() + ", " + description.copiedObjects() + " objects]";
    }
}
