package dev.sluice.deploy.configuration;

import java.util.List;

/**
 * A value as it was written somewhere.
 *
 * @param path the segments of the key; a name that the user chose may contain dots
 * @param text the value; the items of a list are joined by commas
 * @param origin where it stands
 */
record Entry(List<String> path, String text, Origin origin) {
    /** The key as one reads it. */
    String name() {
        return String.join(".", path);
    }
}
