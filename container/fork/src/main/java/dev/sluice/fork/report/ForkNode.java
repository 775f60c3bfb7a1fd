package dev.sluice.fork.report;

import java.util.List;

/**
 * One object of a template, for people who want to see what a fork copies.
 *
 * @param label how the parent refers to it: {@code .field}, {@code [3]}, {@code [key]}, or the template's name
 * @param type binary name of its class
 * @param treatment what happens to it when a request forks
 * @param reason why, for what is shared on purpose or refused; otherwise empty
 * @param objects objects copied in this branch, itself included
 * @param bytes what a fork allocates for this branch: measured if the template was published and the JVM tells, otherwise
 *     estimated
 * @param nanos the part of this branch in the time that a fork takes, by the classes and sizes of its objects; 0 if nothing was
 *     measured
 * @param children what it refers to, biggest first; objects reached earlier by another path are not repeated
 * @param omitted how many children were left out to keep the tree small
 */
public record ForkNode(
        String label,
        String type,
        Treatment treatment,
        String reason,
        long objects,
        long bytes,
        long nanos,
        List<ForkNode> children,
        int omitted) {

    /** What a fork does with an object. */
    public enum Treatment {
        /** Rebuilt for every fork. */
        COPIED,
        /** Immutable through and through: all forks refer to the one of the template. */
        IMMUTABLE,
        /** Mutable, but shared on purpose. */
        SHARED,
        /** Must not be copied; the template cannot be published. */
        REFUSED
    }

    public ForkNode {
        children = List.copyOf(children);
    }
}
