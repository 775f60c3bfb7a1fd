package dev.sluice.fork.report;

import java.util.List;

/**
 * What one fork of a template costs.
 *
 * @param copiedObjects objects that every fork rebuilds
 * @param sharedObjects distinct objects that all forks share: immutable ones and those shared on purpose
 * @param bytes estimated size of what a fork allocates, for a 64-bit JVM with compressed references
 * @param steps how many groups of objects of one kind the plan consists of
 * @param publishNanos how long it took to walk, check, copy and compile the graph
 * @param branches the biggest branches, biggest first
 */
public record ForkPlan(
        long copiedObjects, long sharedObjects, long bytes, int steps, long publishNanos, List<Branch> branches) {

    /**
     * A part of the graph that is worth naming because of its size.
     *
     * @param path the way to it from the root
     * @param type binary name of the class at its top
     * @param objects objects copied in it
     * @param bytes their estimated size
     */
    public record Branch(String path, String type, long objects, long bytes) {
        @Override
        public String toString() {
            return path + " (" + type + "): " + objects + " objects, " + bytes + " bytes";
        }
    }

    public ForkPlan {
        branches = List.copyOf(branches);
    }
}
