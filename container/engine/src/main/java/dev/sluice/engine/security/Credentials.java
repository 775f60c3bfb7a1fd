package dev.sluice.engine.security;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An {@code Authorization} header (RFC 9110, 11.4): a scheme with a token or with parameters.
 *
 * @param scheme in lower case
 * @param rest behind the scheme, as sent
 */
record Credentials(String scheme, String rest) {
    private static final int MAX_LENGTH = 16 * 1024;
    private static final int MAX_PARAMETERS = 50;

    /** Null if there is no header, or it is none. */
    static @Nullable Credentials parse(@Nullable String header) {
        if (header == null || header.length() > MAX_LENGTH) {
            return null;
        }
        String text = header.strip();
        int space = text.indexOf(' ');
        return space <= 0
                ? null
                : new Credentials(
                        text.substring(0, space).toLowerCase(Locale.ROOT),
                        text.substring(space + 1).strip());
    }

    /** The parameters by name without regard to case; null if they break the syntax or one is there twice. */
    @Nullable
    Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int at = 0;
        while (at < rest.length()) {
            int equals = rest.indexOf('=', at);
            if (equals < 0 || parameters.size() == MAX_PARAMETERS) {
                return null;
            }
            String name = rest.substring(at, equals).strip();
            StringBuilder value = new StringBuilder();
            int end = value(equals + 1, value);
            if (end < 0 || name.isEmpty() || parameters.put(name, value.toString()) != null) {
                return null;
            }
            at = end;
        }
        return parameters;
    }

    /** Reads a value and the comma behind it; where the next parameter begins, or -1. */
    private int value(int start, StringBuilder value) {
        int at = skipBlanks(start);
        if (at < rest.length() && rest.charAt(at) == '"') {
            at++;
            while (at < rest.length() && rest.charAt(at) != '"') {
                at += rest.charAt(at) == '\\' && at + 1 < rest.length() ? 1 : 0;
                value.append(rest.charAt(at++));
            }
            if (at == rest.length()) {
                return -1;
            }
            at = skipBlanks(at + 1);
            if (at < rest.length() && rest.charAt(at) != ',') {
                return -1;
            }
        } else {
            int comma = rest.indexOf(',', at);
            int end = comma < 0 ? rest.length() : comma;
            value.append(rest.substring(at, end).strip());
            at = end;
        }
        return skipBlanks(at + 1);
    }

    private int skipBlanks(int from) {
        int at = from;
        while (at < rest.length() && (rest.charAt(at) == ' ' || rest.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    /** Text as a quoted string of a challenge; a character that a header cannot hold becomes a question mark. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c < 0x20 || c == 0x7f || c > 0xff ? '?' : (char) c);
        });
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        return scheme + " credentials";
    }
}
