package dev.sluice.deploy.log;

/** Characters that move a terminal's cursor, change its colours or show a line in another order than it has. */
final class Controls {
    private Controls() {}

    /** C0 and C1 controls, line and paragraph separators, and the marks of bidirectional text (Unicode Standard Annex 9, 2). */
    static boolean is(char c) {
        return c < 0x20
                || c >= 0x7f && c <= 0x9f
                || c == 0x061c
                || c == 0x200e
                || c == 0x200f
                || c >= 0x2028 && c <= 0x202e
                || c >= 0x2066 && c <= 0x2069;
    }
}
