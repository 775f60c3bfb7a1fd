package dev.sluice.engine.header;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A Content-Type, with its charset apart (RFC 9110, 8.3).
 *
 * @param type the media type and its parameters other than charset, as written
 * @param charset the charset without quotes, or null
 */
public record ContentType(String type, @Nullable String charset) {

    /** Reads a value; never fails. */
    public static ContentType parse(String value) {
        int semicolon = value.indexOf(';');
        if (semicolon < 0) {
            return new ContentType(value.strip(), null);
        }
        StringBuilder type = new StringBuilder(value.substring(0, semicolon).strip());
        String charset = null;
        int start = semicolon + 1;
        while (start <= value.length()) {
            int end = endOfParameter(value, start);
            String parameter = value.substring(start, end).strip();
            if (isCharset(parameter)) {
                charset =
                        unquoted(parameter.substring(parameter.indexOf('=') + 1).strip());
            } else if (!parameter.isEmpty()) {
                type.append(';').append(value, start, end);
            }
            start = end + 1;
        }
        return new ContentType(type.toString(), charset == null || charset.isEmpty() ? null : charset);
    }

    /** The media type in lower case, without parameters. */
    public String mediaType() {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isCharset(String parameter) {
        return parameter.regionMatches(true, 0, "charset", 0, 7)
                && parameter.substring(7).stripLeading().startsWith("=");
    }

    private static int endOfParameter(String value, int start) {
        boolean quoted = false;
        for (int i = start; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character == '"') {
                quoted = !quoted;
            } else if (character == ';' && !quoted) {
                return i;
            }
        }
        return value.length();
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
