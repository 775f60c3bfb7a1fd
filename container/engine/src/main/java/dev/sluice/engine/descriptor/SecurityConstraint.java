package dev.sluice.engine.descriptor;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One {@code <security-constraint>} (Servlet 6.1, 13.8).
 *
 * @param roles the roles of the auth-constraint: null where there is none (everybody), empty where it names nobody (deny);
 *     may hold {@code *} (any role of the application) and {@code **} (any authenticated user)
 */
public record SecurityConstraint(
        List<ResourceCollection> collections, @Nullable Set<String> roles, Transport transport) {

    public SecurityConstraint {
        collections = List.copyOf(collections);
        roles = roles == null ? null : Set.copyOf(roles);
    }

    /** The {@code <transport-guarantee>}; INTEGRAL counts as CONFIDENTIAL (Servlet 6.1, 13.8). */
    public enum Transport {
        NONE,
        CONFIDENTIAL
    }

    /**
     * One {@code <web-resource-collection>}; at most one of the two method lists is not empty, none means all methods.
     */
    public record ResourceCollection(
            String name, List<String> urlPatterns, Set<String> methods, Set<String> methodOmissions) {

        public ResourceCollection {
            urlPatterns = List.copyOf(urlPatterns);
            methods = Set.copyOf(methods);
            methodOmissions = Set.copyOf(methodOmissions);
        }
    }
}
