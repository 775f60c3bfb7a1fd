package dev.sluice.war.loading;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an application sees of the container beside the JDK. An entry is a package with its subpackages, or the name of one class.
 *
 * @param packages come from the container first, the application's own copies are not used
 * @param fallbacks come from the container where the application has no copy of its own
 * @param services names of services whose providers the container supplies
 */
public record Visibility(List<String> packages, List<String> fallbacks, Set<String> services) {

    /**
     * The APIs that the container provides, the expression language that {@code jakarta.el} finds by itself, and the factory
     * by which JNDI finds {@code java:} names.
     */
    public static final Visibility API = new Visibility(
            List.of(
                    "jakarta.servlet",
                    "jakarta.el",
                    "jakarta.websocket",
                    "jakarta.annotation",
                    "dev.sluice.api",
                    "dev.sluice.engine.naming.java"),
            List.of("org.apache.el"),
            Set.of("jakarta.el.ExpressionFactory"));

    public Visibility {
        packages = List.copyOf(packages);
        fallbacks = List.copyOf(fallbacks);
        services = Set.copyOf(services);
    }

    /** This and more. */
    public Visibility with(List<String> morePackages, List<String> moreFallbacks, Set<String> moreServices) {
        return new Visibility(
                Stream.concat(packages.stream(), morePackages.stream())
                        .distinct()
                        .toList(),
                Stream.concat(fallbacks.stream(), moreFallbacks.stream())
                        .distinct()
                        .toList(),
                Set.copyOf(
                        Stream.concat(services.stream(), moreServices.stream()).toList()));
    }

    /** Whether the container's class is to be used even if the application has one. */
    boolean first(String className) {
        return covers(packages, className) && !covers(fallbacks, className);
    }

    boolean coversClass(String className) {
        return covers(packages, className) || covers(fallbacks, className);
    }

    private static boolean covers(List<String> entries, String className) {
        for (String entry : entries) {
            if (className.startsWith(entry)
                    && (className.length() == entry.length()
                            || className.charAt(entry.length()) == '.'
                            || className.charAt(entry.length()) == '$')) {
                return true;
            }
        }
        return false;
    }

    boolean coversResource(String path) {
        if (path.startsWith("META-INF/services/")) {
            return services.contains(path.substring("META-INF/services/".length()));
        }
        String name = path.endsWith(".class") ? path.substring(0, path.length() - ".class".length()) : path;
        return coversClass(name.replace('/', '.'));
    }
}
