package dev.sluice.engine.http;

/**
 * Shows the parser a plain name in place of each authority that it does not take or compare as it should: of IPv6 addresses in brackets (RFC 3986,
 * 3.2.2) it knows only some, and not the same ones in a target as in a Host field (an IPv4 address at the end, {@code [::ffff:1.2.3.4]}: RFC 4291,
 * 2.2), and hosts that differ in case only (RFC 3986, 6.2.2.1) are different ones to it. Byte by byte, the name is as long as the authority, and
 * equal authorities have equal names.
 */
final class AddressMask {
    private boolean begun;
    private boolean authority;
    private boolean address;
    private boolean changed;

    /** The value of a Host field begins. */
    void begin() {
        begun = false;
        address = false;
    }

    /** What the parser gets for the next byte of a Host field. */
    byte inHost(int c) {
        boolean first = !begun && c != ' ' && c != '\t';
        begun |= first;
        return shown(c, first);
    }

    /**
     * What the parser gets for the next byte of a request target that is not only a path.
     *
     * @param before the target up to this byte, of which there is one at least
     */
    byte inTarget(int c, StringBuilder before) {
        boolean first = opens(before);
        if (first) {
            address = false;
        }
        authority = first || authority && before.length() > 1;
        if (authority && (c == '/' || c == '?' || c == ' ')) {
            authority = false;
        }
        return authority ? shown(c, first) : (byte) c;
    }

    /** Whether this is a scheme, and what comes before an authority. */
    private static boolean opens(StringBuilder before) {
        int end = before.length();
        return end > 3 && before.charAt(end - 1) == '/' && before.indexOf("://") == end - 3;
    }

    private byte shown(int c, boolean first) {
        int name = c;
        if (first && c == '[') {
            address = true;
            name = 'x';
        } else if (address && c == ']') {
            address = false;
            name = 'x';
        } else if (address && c == ':') {
            name = '-';
        } else if (c >= 'A' && c <= 'Z') {
            name = c + 'a' - 'A';
        }
        changed |= name != c;
        return (byte) name;
    }

    /** Whether a byte was changed since this was asked last. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }
}
