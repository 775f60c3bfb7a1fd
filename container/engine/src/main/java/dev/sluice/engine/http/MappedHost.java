package dev.sluice.engine.http;

/**
 * Hides an IPv4 address in an IPv6 one ({@code [::ffff:1.2.3.4]}: RFC 4291, 2.2) from the parser, which does not know these and would refuse the
 * request. Byte by byte, it gets an address of as many groups instead, and spaces for the rest of the field.
 */
final class MappedHost {
    private boolean begun;
    private boolean literal;
    private int dots;

    /** A value begins. */
    void begin() {
        begun = false;
        literal = false;
        dots = 0;
    }

    /** What the parser gets for the next byte. */
    byte shown(int c) {
        if (!begun && c != ' ' && c != '\t') {
            begun = true;
            literal = c == '[';
        }
        if (!literal || c == '\r') {
            return (byte) c;
        }
        if (c == '.' && ++dots <= 2) {
            return (byte) (dots == 1 ? ':' : ']');
        }
        return (byte) (dots < 2 ? c : ' ');
    }

    /** Whether the value is not what the parser got. */
    boolean changed() {
        return dots > 0;
    }
}
