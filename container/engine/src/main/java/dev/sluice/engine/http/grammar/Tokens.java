package dev.sluice.engine.http.grammar;

/** Character classes of RFC 9110, and text that is safe to put into a message. */
public final class Tokens {
    private static final boolean[] TOKEN = new boolean[128];
    private static final boolean[] TARGET = new boolean[128];

    static {
        for (char c = '0'; c <= 'z'; c++) {
            TOKEN[c] = Character.isLetterOrDigit(c);
            TARGET[c] = Character.isLetterOrDigit(c);
        }
        for (char c : "-._~:/?[]@!$&'()*+,;=".toCharArray()) {
            TARGET[c] = true;
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private Tokens() {}

    /** RFC 9110, 5.6.2: tchar. */
    public static boolean isTokenCharacter(int c) {
        return c >= 0 && c < 128 && TOKEN[c];
    }

    /** RFC 3986, 2.2 and 2.3, less the number sign, which a client keeps to itself. */
    public static boolean isTargetCharacter(int c) {
        return c >= 0 && c < 128 && TARGET[c];
    }

    /** Target characters, and escapes of two hexadecimal digits. */
    public static boolean isTarget(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length() || !isHex(text.charAt(i + 1)) || !isHex(text.charAt(i + 2))) {
                    return false;
                }
                i += 2;
            } else if (!isTargetCharacter(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char c) {
        return c < 128 && Character.digit(c, 16) >= 0;
    }

    /** RFC 9110, 5.6.2: one or more tchar. */
    public static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** The text with everything outside printable ASCII escaped, at most 200 characters of it. */
    public static String printable(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), 200); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7f) {
                safe.append(c);
            } else {
                safe.append(String.format("\\u%04x", (int) c));
            }
        }
        return text.length() > 200 ? safe + "..." : safe.toString();
    }
}
