package dev.sluice.engine.http.grammar;

/**
 * What the parts of a request may consist of, whichever protocol carries it: RFC 9110, 5.5, 5.6.2 and 9.1. Hosts and ports are the business of
 * {@link HostNames}, what decides about the body that of {@link HeadFields}.
 */
public final class RequestRules {
    /** Characters of a method. */
    public static final int LONGEST_METHOD = 32;

    /** How often one field may come; Undertow's map of headers holds no more values of one name. */
    public static final int MOST_OF_ONE_NAME = 127;

    private static final boolean[] VALUE = new boolean[256];

    static {
        for (int c = 0x20; c < VALUE.length; c++) {
            VALUE[c] = c != 0x7f;
        }
        VALUE['\t'] = true;
    }

    private RequestRules() {}

    /** RFC 9110, 9.1: a method is a token. */
    public static boolean isMethodCharacter(int c) {
        return Tokens.isTokenCharacter(c);
    }

    /** A token that is short enough for a method. */
    public static boolean isMethod(String text) {
        return text.length() <= LONGEST_METHOD && Tokens.isToken(text);
    }

    /** RFC 3986, without a look at escapes. */
    public static boolean isTargetCharacter(int c) {
        return c == '%' || Tokens.isTargetCharacter(c);
    }

    /** Target characters, and escapes of two hexadecimal digits. */
    public static boolean isTarget(String text) {
        return Tokens.isTarget(text);
    }

    /** RFC 9110, 5.1: a field name is a token. */
    public static boolean isNameCharacter(int c) {
        return Tokens.isTokenCharacter(c);
    }

    /** RFC 9110, 5.1: a field name is a token. */
    public static boolean isName(String text) {
        return Tokens.isToken(text);
    }

    /** Within a value: spaces, tabs, and everything that is visible or has no place in ASCII. */
    public static boolean isValueCharacter(int c) {
        return c >= 0 && c < VALUE.length && VALUE[c];
    }

    /** A value without the white space that HTTP/1.1 allows around it. */
    public static boolean isValue(String text) {
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
