package dev.sluice.api.testing;

import java.util.function.Supplier;

/**
 * Makes the forks of templates in tests. The server's own is found by {@link java.util.ServiceLoader} when
 * {@code dev.sluice:sluice-engine} is on the class path of the tests; another one is passed as a method reference:
 * {@code InMemory.of(application).forks(MyCopies::of)}.
 */
@FunctionalInterface
public interface Forks {
    /**
     * Publishes a template.
     *
     * @return gives a new deep copy of {@code value}, as it was at this time, whenever it is asked
     * @throws IllegalArgumentException if {@code value} holds something that cannot be copied
     */
    <T> Supplier<T> publish(String name, T value);
}
