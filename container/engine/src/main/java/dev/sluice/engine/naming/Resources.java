package dev.sluice.engine.naming;

import java.util.Set;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * What the container's configuration offers to an application by name, such as data sources. Made for one application
 * and closed with it. Safe for use by many threads.
 */
public interface Resources extends AutoCloseable {
    /** Nothing is configured. */
    Resources NONE = new Resources() {
        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public @Nullable Object find(String name) {
            return null;
        }

        @Override
        public void close() {}
    };

    /** The names, as below {@code java:comp/env}. */
    Set<String> names();

    /**
     * A resource, the same one each time.
     *
     * @return null if the name is not configured
     * @throws NamingException if it cannot be made
     */
    @Nullable
    Object find(String name) throws NamingException;

    @Override
    void close();
}
