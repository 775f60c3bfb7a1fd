package dev.sluice.engine.cookie;

/** The token of RFC 9110, 5.6.2, which names of cookies and of their attributes are. */
final class Tokens {
    private static final String SEPARATORS = "()<>@,;:\\\"/[]?={} \t";

    private Tokens() {}

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > 0x20 && c < 0x7f && SEPARATORS.indexOf(c) < 0);
    }
}
