package dev.sluice.fork;

import dev.sluice.fork.report.Finding;
import dev.sluice.fork.report.ForkNode;
import dev.sluice.fork.report.ForkPlan;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be said about forking a graph of objects, without publishing it.
 *
 * @param name the name that paths start with
 * @param findings all findings, blockers first
 * @param tree the graph as the console shows it
 * @param plan what a fork would cost; empty when a finding blocks
 */
public record ForkAnalysis(String name, List<Finding> findings, ForkNode tree, Optional<ForkPlan> plan) {
    public ForkAnalysis {
        findings = List.copyOf(findings);
    }

    /** Walks the graph and reports all findings; changes nothing and keeps no reference to it. */
    public static ForkAnalysis of(String name, Object root, ForkOptions options) {
        return Publication.analyse(name, root, options);
    }

    /** Whether a publish would succeed. */
    public boolean forkable() {
        return findings.stream().noneMatch(Finding::blocks);
    }
}
