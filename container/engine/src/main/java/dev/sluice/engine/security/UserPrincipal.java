package dev.sluice.engine.security;

import java.io.Serializable;
import java.security.Principal;

/** A principal that is its name. */
public record UserPrincipal(String name) implements Principal, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
