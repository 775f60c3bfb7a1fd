package dev.sluice.deploy.access;

import java.util.Arrays;

/**
 * A role for all applications and the server itself, or for one application. As text {@code operator} or {@code operator@shop}; an
 * application of a virtual host is {@code operator@www.example.org/shop}.
 *
 * @param role the role
 * @param application the application's name; empty for all and the server
 */
public record Grant(Role role, String application) {
    /** A role for all applications and the server. */
    public static Grant everywhere(Role role) {
        return new Grant(role, "");
    }

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException if there is no such role, or no name behind the {@code @}
     */
    public static Grant parse(String text) {
        int at = text.indexOf('@');
        String name = at < 0 ? text : text.substring(0, at);
        String application = at < 0 ? "" : text.substring(at + 1);
        if (at >= 0 && application.isEmpty()) {
            throw new IllegalArgumentException(
                    "role: " + text + " (expected: the name of an application behind the @)");
        }
        return Arrays.stream(Role.values())
                .filter(role -> role.toString().equals(name))
                .findFirst()
                .map(role -> new Grant(role, application))
                .orElseThrow(() -> new IllegalArgumentException(
                        "role: " + text + " (expected: viewer, operator, viewer@APPLICATION or operator@APPLICATION)"));
    }

    @Override
    public String toString() {
        return application.isEmpty() ? role.toString() : role + "@" + application;
    }
}
