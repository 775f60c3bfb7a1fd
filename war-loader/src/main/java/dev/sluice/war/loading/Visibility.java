package dev.sluice.war.loading;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an application sees of the container beside the JDK.
 *
 * @param packages packages, each with its subpackages; classes there come from the container first, the application's own copies are not used
 * @param services names of services whose providers the container supplies
 */
public record Visibility(List<String> packages, Set<String> services) {

    /** The APIs that the container provides, and nothing else. */
    public static final Visibility API = new Visibility(
            List.of("jakarta.servlet", "jakarta.el", "jakarta.websocket", "jakarta.annotation", "dev.sluice.api"),
            Set.of());

    public Visibility {
        packages = List.copyOf(packages);
        services = Set.copyOf(services);
    }

    /** This and more packages and services. */
    public Visibility with(List<String> morePackages, Set<String> moreServices) {
        return new Visibility(
                Stream.concat(packages.stream(), morePackages.stream())
                        .distinct()
                        .toList(),
                Set.copyOf(
                        Stream.concat(services.stream(), moreServices.stream()).toList()));
    }

    boolean coversClass(String className) {
        for (String name : packages) {
            if (className.startsWith(name)
                    && className.length() > name.length()
                    && className.charAt(name.length()) == '.') {
                return true;
            }
        }
        return false;
    }

    boolean coversResource(String path) {
        if (path.startsWith("META-INF/services/")) {
            return services.contains(path.substring("META-INF/services/".length()));
        }
        return coversClass(path.replace('/', '.'));
    }
}
