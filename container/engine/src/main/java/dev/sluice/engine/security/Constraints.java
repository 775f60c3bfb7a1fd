package dev.sluice.engine.security;

import dev.sluice.engine.descriptor.SecurityConstraint;
import dev.sluice.engine.descriptor.SecurityConstraint.ResourceCollection;
import dev.sluice.engine.descriptor.SecurityConstraint.Transport;
import dev.sluice.engine.mapping.MappingTable;
import dev.sluice.engine.mapping.Match;
import dev.sluice.engine.mapping.UrlPattern;
import dev.sluice.engine.security.Decision.Access;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The security constraints of an application as a pure function from path and method to a decision (Servlet 6.1,
 * 13.8). The best matching pattern is found as for servlets; of the constraints on that pattern those that cover the
 * method are combined (13.8.1). Immutable, for any number of threads.
 */
public final class Constraints {
    private static final String ANY_ROLE = "*";
    private static final String ANY_USER = "**";

    private final Map<String, List<Rule>> byPattern;
    private final MappingTable<List<Rule>> table;
    private final boolean denyUncovered;
    private final Set<String> declaredRoles;

    /**
     * Prepares the constraints of an application.
     *
     * @param denyUncovered whether methods that no constraint of the best pattern covers are refused (13.8.4.2)
     * @param declaredRoles what {@code *} stands for
     */
    public Constraints(List<SecurityConstraint> constraints, boolean denyUncovered, Set<String> declaredRoles) {
        this.denyUncovered = denyUncovered;
        this.declaredRoles = Set.copyOf(declaredRoles);
        this.byPattern = new LinkedHashMap<>();
        for (SecurityConstraint constraint : constraints) {
            for (ResourceCollection collection : constraint.collections()) {
                for (String pattern : collection.urlPatterns()) {
                    byPattern
                            .computeIfAbsent(canonical(pattern), key -> new ArrayList<>())
                            .add(new Rule(constraint, collection));
                }
            }
        }
        MappingTable.Builder<List<Rule>> builder = MappingTable.builder();
        byPattern.forEach((pattern, rules) -> builder.add(UrlPattern.parse(pattern), List.copyOf(rules)));
        this.table = builder.build();
    }

    /** Descriptors of version 2.2 left the leading slash out. */
    private static String canonical(String pattern) {
        return pattern.isEmpty() || pattern.startsWith("/") || pattern.startsWith("*.") ? pattern : "/" + pattern;
    }

    /**
     * Decides.
     *
     * @param path inside the application, decoded and canonical, with a leading slash
     * @param method in the case that the client sent: methods are case-sensitive
     */
    public Decision decide(String path, String method) {
        Match<List<Rule>> match = byPattern.isEmpty() ? null : table.find(path);
        return match == null ? Decision.OPEN : combine(match.target(), method);
    }

    private Decision combine(List<Rule> rules, String method) {
        boolean covered = false;
        boolean everybody = false;
        boolean authenticated = false;
        boolean unprotected = false;
        Set<String> roles = new HashSet<>();
        for (Rule rule : rules) {
            if (!rule.covers(method)) {
                continue;
            }
            covered = true;
            Set<String> named = rule.constraint.roles();
            if (named == null) {
                everybody = true;
            } else if (named.isEmpty()) {
                // 13.8.1: an authorization constraint that names no roles overrides all others
                return Decision.PRECLUDED;
            } else {
                authenticated |= addRoles(named, roles);
            }
            unprotected |= rule.constraint.transport() == Transport.NONE;
        }
        if (!covered) {
            return denyUncovered ? Decision.PRECLUDED : Decision.OPEN;
        }
        Access access = everybody ? Access.EVERYBODY : authenticated ? Access.AUTHENTICATED : Access.ROLES;
        return new Decision(access, access == Access.ROLES ? roles : Set.of(), !unprotected);
    }

    /** True if the names let any authenticated user in. */
    private boolean addRoles(Set<String> named, Set<String> roles) {
        boolean authenticated = false;
        for (String role : named) {
            if (role.equals(ANY_USER) && !declaredRoles.contains(ANY_USER)) {
                authenticated = true;
            } else if (role.equals(ANY_ROLE)) {
                roles.addAll(declaredRoles);
            } else {
                roles.add(role);
            }
        }
        return authenticated;
    }

    /** The patterns that are constrained. */
    public Set<String> patterns() {
        return Set.copyOf(byPattern.keySet());
    }

    /** Whether methods that no constraint of the best pattern covers are refused. */
    boolean denyUncovered() {
        return denyUncovered;
    }

    /**
     * The patterns on which some methods are not covered (13.8.4): for a warning at the start.
     *
     * @return pattern to a description of the methods
     */
    public Map<String, String> uncovered() {
        Map<String, String> found = new LinkedHashMap<>();
        byPattern.forEach((pattern, rules) -> {
            Set<String> listed = new TreeSet<>();
            Set<String> omitted = null;
            for (Rule rule : rules) {
                listed.addAll(rule.collection.methods());
                if (rule.collection.methods().isEmpty()) {
                    Set<String> omissions = new TreeSet<>(rule.collection.methodOmissions());
                    if (omitted != null) {
                        omissions.retainAll(omitted);
                    }
                    omitted = omissions;
                }
            }
            if (omitted == null) {
                found.put(pattern, "all but " + String.join(", ", listed));
            } else {
                omitted.removeAll(listed);
                if (!omitted.isEmpty()) {
                    found.put(pattern, String.join(", ", omitted));
                }
            }
        });
        return found;
    }

    /**
     * What holds for one pattern and method.
     *
     * @param pattern the URL pattern
     * @param method a method that a constraint names; {@code *} for all that none names
     * @param covered whether a constraint of the pattern covers the method
     * @param decision who may
     */
    public record Row(String pattern, String method, boolean covered, Decision decision) {}

    /** Who may do what, for each pattern and each method that is named on it, and for those that are not. */
    public List<Row> matrix() {
        List<Row> rows = new ArrayList<>();
        byPattern.forEach((pattern, rules) -> {
            Set<String> methods = new TreeSet<>();
            methods.add(""); // no method is called that: it stands for those that nobody names
            for (Rule rule : rules) {
                methods.addAll(rule.collection.methods());
                methods.addAll(rule.collection.methodOmissions());
            }
            for (String method : methods) {
                boolean covered = rules.stream().anyMatch(rule -> rule.covers(method));
                rows.add(new Row(pattern, method.isEmpty() ? "*" : method, covered, combine(rules, method)));
            }
        });
        return rows;
    }

    /** One collection of one constraint. */
    private record Rule(SecurityConstraint constraint, ResourceCollection collection) {
        boolean covers(String method) {
            return collection.methods().isEmpty()
                    ? !collection.methodOmissions().contains(method)
                    : collection.methods().contains(method);
        }
    }
}
