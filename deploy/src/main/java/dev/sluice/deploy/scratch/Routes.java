package dev.sluice.deploy.scratch;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which routes are called: those of {@code GET} that are shown to stay within the JVM, and those that the user says are pure.
 *
 * @param declared patterns of routes
 */
record Routes(Set<String> declared) {
    Routes {
        declared = Set.copyOf(declared);
    }

    /** A route of an application, with the reason why it is not called. */
    Started.Route route(String method, String pattern, Supplier<Optional<String>> outside) {
        String name = method + " " + pattern;
        if (!method.equals("GET")) {
            return new Started.Route(name, "only GET is called");
        }
        return new Started.Route(
                name, declared.contains(pattern) ? "" : outside.get().orElse(""));
    }
}
