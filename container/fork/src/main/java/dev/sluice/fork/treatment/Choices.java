package dev.sluice.fork.treatment;

import java.util.Set;
import java.util.function.Predicate;

/**
 * What the application decides about its objects.
 *
 * @param shared types whose instances all forks share
 * @param annotations binary names of the annotations that mean the same
 * @param withoutTransient whether fields declared {@code transient} are left null, zero or false
 */
public record Choices(Predicate<Class<?>> shared, Set<String> annotations, boolean withoutTransient) {}
