package dev.sluice.engine.security;

import java.util.Set;

/**
 * What the constraints say about one path and method.
 *
 * @param access who may
 * @param roles one of which the user must have, where access is ROLES; else empty
 * @param confidential whether only protected connections may
 */
public record Decision(Access access, Set<String> roles, boolean confidential) {
    /** No constraint applies. */
    public static final Decision OPEN = new Decision(Access.EVERYBODY, Set.of(), false);

    /** Nobody may. */
    public static final Decision PRECLUDED = new Decision(Access.NOBODY, Set.of(), false);

    public Decision {
        roles = Set.copyOf(roles);
    }

    /** Who may, from the most open to the most closed. */
    public enum Access {
        EVERYBODY,
        AUTHENTICATED,
        ROLES,
        NOBODY
    }
}
