package dev.sluice.engine.http;

/**
 * What the parts of a request may consist of, whichever protocol carries it: RFC 9110, 5.5, 5.6.2 and 9.1. Hosts and ports are the business of
 * {@link HostNames}, what decides about the body that of {@link HeadFields}.
 */
final class RequestRules {
    static final int LONGEST_METHOD = 32;

    /** How often one field may come; Undertow's map of headers holds no more values of one name. */
    static final int MOST_OF_ONE_NAME = 127;

    private static final boolean[] VALUE = new boolean[256];

    static {
        for (int c = 0x20; c < VALUE.length; c++) {
            VALUE[c] = c != 0x7f;
        }
        VALUE['\t'] = true;
    }

    private RequestRules() {}

    static boolean isMethodCharacter(int c) {
        return Tokens.isTokenCharacter(c);
    }

    static boolean isMethod(String text) {
        return text.length() <= LONGEST_METHOD && Tokens.isToken(text);
    }

    /** RFC 3986, without a look at escapes. */
    static boolean isTargetCharacter(int c) {
        return c == '%' || Tokens.isTargetCharacter(c);
    }

    static boolean isTarget(String text) {
        return Tokens.isTarget(text);
    }

    static boolean isNameCharacter(int c) {
        return Tokens.isTokenCharacter(c);
    }

    static boolean isName(String text) {
        return Tokens.isToken(text);
    }

    /** Within a value: spaces, tabs, and everything that is visible or has no place in ASCII. */
    static boolean isValueCharacter(int c) {
        return c >= 0 && c < VALUE.length && VALUE[c];
    }

    /** A value without the white space that HTTP/1.1 allows around it. */
    static boolean isValue(String text) {
        int length = text.length();
        if (length > 0 && (isSpace(text.charAt(0)) || isSpace(text.charAt(length - 1)))) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!isValueCharacter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
