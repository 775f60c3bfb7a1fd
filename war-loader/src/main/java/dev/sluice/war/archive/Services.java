package dev.sluice.war.archive;

import java.util.List;

/** The text of a file in {@code META-INF/services}, as {@link java.util.ServiceLoader} defines it. */
public final class Services {
    private Services() {}

    /** The provider class names in order, each once. */
    public static List<String> parse(String text) {
        return text.lines()
                .map(line -> line.indexOf('#') < 0 ? line : line.substring(0, line.indexOf('#')))
                .map(String::trim)
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
    }
}
