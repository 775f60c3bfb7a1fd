package dev.sluice.api;

import java.util.BitSet;

/** The character classes of RFC 9110, 5.6. */
final class Tokens {
    private static final BitSet TOKEN = new BitSet(128);

    static {
        TOKEN.set('a', 'z' + 1);
        TOKEN.set('A', 'Z' + 1);
        TOKEN.set('0', '9' + 1);
        "!#$%&'*+-.^_`|~".chars().forEach(TOKEN::set);
    }

    private Tokens() {}

    static boolean isTokenCharacter(char c) {
        return TOKEN.get(c);
    }

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static String code(char c) {
        return String.format("U+%04X", (int) c);
    }

    /** The text with its control characters as codes, for messages. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                printable.append('<').append(code(c)).append('>');
            } else {
                printable.append(c);
            }
        }
        return printable.append('\'').toString();
    }
}
