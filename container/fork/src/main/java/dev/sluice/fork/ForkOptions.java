package dev.sluice.fork;

import dev.sluice.fork.treatment.Choices;
import dev.sluice.fork.treatment.Classifier;
import dev.sluice.fork.treatment.TypeNames;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How a template is published. Start from {@link #defaults()}.
 *
 * @param shared types whose instances all forks share, beside those annotated {@link Shared}; asked once per class
 * @param sharedAnnotations binary names of the annotations that mean {@link Shared}
 * @param maximumObjects how many mutable objects a template may have
 * @param transientFields what happens to fields declared {@code transient}
 * @param provedObjects how many objects of the template are compared with a fork when it is published
 */
public record ForkOptions(
        Predicate<Class<?>> shared,
        Set<String> sharedAnnotations,
        int maximumObjects,
        TransientFields transientFields,
        int provedObjects) {

    /** The limit on mutable objects unless another is set. */
    public static final int MAXIMUM_OBJECTS = 100_000;

    private static final ForkOptions DEFAULTS = new ForkOptions(
            type -> false,
            Set.of("dev.sluice.fork.Shared", "dev.sluice.api.Shared"),
            MAXIMUM_OBJECTS,
            TransientFields.COPY,
            Integer.MAX_VALUE);

    /**
     * What happens to fields declared {@code transient}. A fork is not a serialized form: a transient field usually
     * holds a cache or a collaborator that its object needs, so it is copied like any other unless this says otherwise.
     */
    public enum TransientFields {
        /** Copied like any other field. */
        COPY,
        /** Null, zero or false in every fork. Has no effect inside the JDK's own classes. */
        RESET
    }

    public ForkOptions {
        Objects.requireNonNull(shared, "shared");
        Objects.requireNonNull(transientFields, "transientFields");
        sharedAnnotations = Set.copyOf(sharedAnnotations);
        if (maximumObjects < 1) {
            throw new IllegalArgumentException("maximumObjects: " + maximumObjects + " (expected: >= 1)");
        }
        if (provedObjects < 0) {
            throw new IllegalArgumentException("provedObjects: " + provedObjects + " (expected: >= 0)");
        }
    }

    /** Nothing shared but what is annotated or known to be meant for sharing; at most {@link #MAXIMUM_OBJECTS}. */
    public static ForkOptions defaults() {
        return DEFAULTS;
    }

    /** These options, sharing also the instances of these types. */
    public ForkOptions sharing(Predicate<Class<?>> types) {
        Predicate<Class<?>> before = shared;
        return new ForkOptions(
                type -> before.test(type) || types.test(type),
                sharedAnnotations,
                maximumObjects,
                transientFields,
                provedObjects);
    }

    /**
     * These options, sharing also the instances of the types with these binary names and of their subtypes; a name that
     * ends in {@code .*} stands for a package with its subpackages.
     */
    public ForkOptions sharing(String... names) {
        return sharing(new TypeNames(Set.of(names)));
    }

    public ForkOptions maximumObjects(int limit) {
        return new ForkOptions(shared, sharedAnnotations, limit, transientFields, provedObjects);
    }

    public ForkOptions transientFields(TransientFields treatment) {
        return new ForkOptions(shared, sharedAnnotations, maximumObjects, treatment, provedObjects);
    }

    /**
     * These options, comparing only so many objects, those nearest to the root, with a fork before the template is
     * served. All are compared unless this is set; the comparison takes some ten seconds at most in any case.
     */
    public ForkOptions provedObjects(int limit) {
        return new ForkOptions(shared, sharedAnnotations, maximumObjects, transientFields, limit);
    }

    /** What decides about objects according to these options; for one walk. */
    Classifier classifier() {
        return new Classifier(new Choices(shared, sharedAnnotations, transientFields == TransientFields.RESET));
    }
}
