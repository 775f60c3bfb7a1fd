package dev.sluice.engine.session;

import java.util.Arrays;

/**
 * A session outside of a running application.
 *
 * @param created milliseconds since the epoch
 * @param lastAccess milliseconds since the epoch
 * @param maxInactiveSeconds zero or negative: never
 * @param content attributes and notes in Java's serialised form; not copied, not to be changed
 */
public record StoredSession(String id, long created, long lastAccess, int maxInactiveSeconds, byte[] content) {

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredSession that
                && id.equals(that.id)
                && created == that.created
                && lastAccess == that.lastAccess
                && maxInactiveSeconds == that.maxInactiveSeconds
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "StoredSession[" + content.length + " bytes]";
    }
}
