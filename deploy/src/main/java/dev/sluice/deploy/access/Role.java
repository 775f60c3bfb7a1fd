package dev.sluice.deploy.access;

import java.util.Locale;

/** What somebody may do on the management listener. */
public enum Role {
    /** Sees everything, changes nothing. */
    VIEWER,
    /** Sees and changes. */
    OPERATOR;

    /** Whether who has this role may do what asks for that one. */
    public boolean includes(Role wanted) {
        return compareTo(wanted) >= 0;
    }

    /** The name in files and messages. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
