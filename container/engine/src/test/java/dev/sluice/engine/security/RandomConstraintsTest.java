package dev.sluice.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.descriptor.SecurityConstraint;
import dev.sluice.engine.descriptor.SecurityConstraint.ResourceCollection;
import dev.sluice.engine.descriptor.SecurityConstraint.Transport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random constraint sets against an evaluator that is written the other way round: it asks for each kind of caller
 * whether the request is allowed, straight from the words of Servlet 6.1, 13.8.1 and 13.8.3.
 */
class RandomConstraintsTest {
    private static final List<String> PATTERNS =
            List.of("/*", "/", "", "/a", "/a/*", "/a/b/*", "/a/b", "/a/b/c", "*.do", "*.jsp", "/a.do", "/b/*");
    private static final List<String> PATHS = List.of(
            "/",
            "/a",
            "/a/",
            "/ab",
            "/a/b",
            "/a/b/",
            "/a/b/c",
            "/a/b/c/d",
            "/a.do",
            "/x.do",
            "/a/x.do",
            "/b",
            "/b/x.jsp",
            "/c");
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "BREW");
    private static final List<String> ROLES = List.of("r1", "r2", "r3", "*", "**");
    private static final List<Set<String>> DECLARED = List.of(Set.of("r1", "r2"), Set.of("r1", "**"), Set.of());

    @Test
    void agreesWithTheReference() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        System.out.println("RandomConstraintsTest seed " + seed);
        for (int round = 0; round < 3_000; round++) {
            List<SecurityConstraint> constraints = constraints(random);
            boolean denyUncovered = random.nextBoolean();
            Set<String> declared = DECLARED.get(random.nextInt(DECLARED.size()));
            Constraints tested = new Constraints(constraints, denyUncovered, declared);
            for (String path : PATHS) {
                for (String method : METHODS) {
                    Decision decision = tested.decide(path, method);
                    for (Caller caller : Caller.all()) {
                        assertThat(allows(decision, caller))
                                .as(
                                        "seed %s: %s %s by %s, roles %s, deny %s, %s",
                                        seed, method, path, caller, declared, denyUncovered, constraints)
                                .isEqualTo(
                                        Reference.allows(constraints, denyUncovered, declared, path, method, caller));
                    }
                }
            }
        }
    }

    private static List<SecurityConstraint> constraints(Random random) {
        List<SecurityConstraint> constraints = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            List<ResourceCollection> collections = new ArrayList<>();
            for (int j = random.nextInt(2); j >= 0; j--) {
                int kind = random.nextInt(3);
                collections.add(new ResourceCollection(
                        "c",
                        List.copyOf(some(random, PATTERNS, 1)),
                        kind == 1 ? some(random, METHODS, 1) : Set.of(),
                        kind == 2 ? some(random, METHODS, 1) : Set.of()));
            }
            Set<String> roles = random.nextInt(4) == 0 ? null : some(random, ROLES, 0);
            constraints.add(new SecurityConstraint(
                    collections, roles, random.nextBoolean() ? Transport.NONE : Transport.CONFIDENTIAL));
        }
        return constraints;
    }

    private static Set<String> some(Random random, List<String> from, int least) {
        Set<String> chosen = new HashSet<>();
        int count = least + random.nextInt(3);
        while (chosen.size() < count) {
            chosen.add(from.get(random.nextInt(from.size())));
        }
        return chosen;
    }

    private static boolean allows(Decision decision, Caller caller) {
        if (decision.confidential() && !caller.secure()) {
            return false;
        }
        return switch (decision.access()) {
            case EVERYBODY -> true;
            case AUTHENTICATED -> caller.known();
            case ROLES -> caller.known() && decision.roles().stream().anyMatch(caller.roles()::contains);
            case NOBODY -> false;
        };
    }

    private record Caller(boolean known, Set<String> roles, boolean secure) {
        static List<Caller> all() {
            List<Caller> callers = new ArrayList<>();
            for (boolean secure : new boolean[] {false, true}) {
                callers.add(new Caller(false, Set.of(), secure));
                for (Set<String> roles : List.of(Set.<String>of(), Set.of("r1"), Set.of("r3"), Set.of("r2", "**"))) {
                    callers.add(new Caller(true, roles, secure));
                }
            }
            return callers;
        }
    }

    /** Small, slow, and independent of the code under test. */
    private static final class Reference {
        static boolean allows(
                List<SecurityConstraint> constraints,
                boolean denyUncovered,
                Set<String> declared,
                String path,
                String method,
                Caller caller) {
            String best = "none";
            int bestRank = 0;
            for (SecurityConstraint constraint : constraints) {
                for (ResourceCollection collection : constraint.collections()) {
                    for (String pattern : collection.urlPatterns()) {
                        int rank = rank(pattern, path);
                        if (rank > bestRank) {
                            best = pattern;
                            bestRank = rank;
                        }
                    }
                }
            }
            if (bestRank == 0) {
                return true;
            }
            List<SecurityConstraint> applicable = new ArrayList<>();
            for (SecurityConstraint constraint : constraints) {
                for (ResourceCollection collection : constraint.collections()) {
                    if (collection.urlPatterns().contains(best) && applies(collection, method)) {
                        applicable.add(constraint);
                    }
                }
            }
            if (applicable.isEmpty()) {
                return !denyUncovered;
            }
            return connection(applicable, caller) && authorised(applicable, declared, caller);
        }

        private static int rank(String pattern, String path) {
            if (pattern.isEmpty()) {
                return path.equals("/") ? 1_000_000 : 0;
            }
            if (pattern.equals("/")) {
                return 1;
            }
            if (pattern.startsWith("*.")) {
                return path.substring(path.lastIndexOf('/') + 1).endsWith(pattern.substring(1)) ? 2 : 0;
            }
            if (pattern.endsWith("/*")) {
                String prefix = pattern.substring(0, pattern.length() - 2);
                return path.equals(prefix) || path.startsWith(prefix + "/") ? 1_000 + prefix.length() : 0;
            }
            return pattern.equals(path) ? 1_000_000 : 0;
        }

        private static boolean applies(ResourceCollection collection, String method) {
            if (!collection.methods().isEmpty()) {
                return collection.methods().contains(method);
            }
            return !collection.methodOmissions().contains(method);
        }

        private static boolean connection(List<SecurityConstraint> applicable, Caller caller) {
            return caller.secure() || applicable.stream().anyMatch(c -> c.transport() == Transport.NONE);
        }

        private static boolean authorised(List<SecurityConstraint> applicable, Set<String> declared, Caller caller) {
            if (applicable.stream().anyMatch(c -> c.roles() != null && c.roles().isEmpty())) {
                return false;
            }
            for (SecurityConstraint constraint : applicable) {
                Set<String> roles = constraint.roles();
                if (roles == null) {
                    return true;
                }
                for (String role : roles) {
                    boolean anyUser = role.equals("**") && !declared.contains("**");
                    boolean anyRole = role.equals("*") && declared.stream().anyMatch(caller.roles()::contains);
                    if (caller.known() && (anyUser || anyRole || caller.roles().contains(role))) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
