package dev.sluice.engine.header;

/** The path of a Location that was made from what a client sent. */
public final class LocationPath {
    private LocationPath() {}

    /**
     * The path with exactly one slash at its beginning. With two, or with a backslash, which browsers take for a slash, it would name
     * another host (RFC 3986, 4.2).
     */
    public static String of(String path) {
        int start = 0;
        while (start < path.length() && (path.charAt(start) == '/' || path.charAt(start) == '\\')) {
            start++;
        }
        return start == 1 && path.charAt(0) == '/' ? path : "/" + path.substring(start);
    }
}
