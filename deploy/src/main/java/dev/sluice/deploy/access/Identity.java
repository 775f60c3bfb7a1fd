package dev.sluice.deploy.access;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Somebody who has logged in to the management listener.
 *
 * @param name as the journal names it: {@code token ci}, {@code user ann}, or {@code owner} for who can read the installation's files
 * @param grants what it may do
 */
public record Identity(String name, List<Grant> grants) {
    /** Copies the list. */
    public Identity {
        grants = List.copyOf(grants);
    }

    /** Whether it has the role for the server and every application. */
    public boolean may(Role role) {
        return grants.stream()
                .anyMatch(grant -> grant.application().isEmpty() && grant.role().includes(role));
    }

    /** Whether it has the role for one application. */
    public boolean may(Role role, String application) {
        return may(role)
                || grants.stream()
                        .anyMatch(grant -> grant.application().equals(application)
                                && grant.role().includes(role));
    }

    /** Whether it has the role for anything. */
    public boolean mayAnywhere(Role role) {
        return grants.stream().anyMatch(grant -> grant.role().includes(role));
    }

    /** What it may do, in words. */
    public String granted() {
        return grants.isEmpty()
                ? "no role"
                : grants.stream().map(Grant::toString).collect(Collectors.joining(", "));
    }
}
