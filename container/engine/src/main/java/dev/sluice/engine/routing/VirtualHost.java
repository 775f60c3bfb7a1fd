package dev.sluice.engine.routing;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A set of host names that share applications.
 *
 * @param name its name, and one of the host names it answers to
 * @param aliases further host names; {@code *.example.org} stands for every name below example.org
 */
public record VirtualHost(String name, Set<String> aliases) {
    /** The host that answers for names that no other knows. */
    public static final VirtualHost DEFAULT = new VirtualHost("default", Set.of());

    /** Lower-cases the names. */
    public VirtualHost {
        name = name.toLowerCase(Locale.ROOT);
        aliases = aliases.stream().map(alias -> alias.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        for (String alias : aliases) {
            if (alias.lastIndexOf('*') > 0 || alias.startsWith("*") && !alias.startsWith("*.")) {
                throw new IllegalArgumentException(
                        "alias: " + alias + " (expected: a host name, or *. and the end of one)");
            }
        }
    }

    /** A host with one name. */
    public static VirtualHost of(String name) {
        return new VirtualHost(name, Set.of());
    }
}
