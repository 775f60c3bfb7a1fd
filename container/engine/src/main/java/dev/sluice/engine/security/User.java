package dev.sluice.engine.security;

import java.io.Serializable;
import java.util.Set;

/** Somebody whom a realm knows, and the roles. */
public record User(UserPrincipal principal, Set<String> roles) implements Serializable {
    private static final long serialVersionUID = 1L;

    public User {
        roles = Set.copyOf(roles);
    }

    /** A user by name. */
    public static User of(String name, Set<String> roles) {
        return new User(new UserPrincipal(name), roles);
    }

    public String name() {
        return principal.name();
    }
}
