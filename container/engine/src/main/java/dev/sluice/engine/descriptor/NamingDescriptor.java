package dev.sluice.engine.descriptor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One named entry of {@code java:comp/env}: env-entry, resource-ref, resource-env-ref, message-destination-ref and their annotations.
 *
 * @param kind what declared it
 * @param name the name below {@code java:comp/env}
 * @param type the class name; null: taken from the injection target
 * @param value the env-entry-value, or null
 * @param lookupName the JNDI name it links to, or null
 */
public record NamingDescriptor(
        Kind kind,
        String name,
        @Nullable String type,
        @Nullable String value,
        @Nullable String lookupName,
        List<InjectionTarget> targets) {

    public NamingDescriptor {
        targets = List.copyOf(targets);
    }

    /** What declared an entry. */
    public enum Kind {
        ENVIRONMENT_ENTRY,
        RESOURCE,
        RESOURCE_ENVIRONMENT
    }

    /** A field or setter that gets the entry. */
    public record InjectionTarget(String className, String memberName) {}
}
