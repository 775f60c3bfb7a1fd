package dev.sluice.engine.multipart;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A header value with parameters: {@code multipart/form-data; boundary="x"} (RFC 9110, 5.6.6), read leniently: what
 * makes no sense is skipped. Of two parameters of one name the first counts.
 *
 * @param value before the first semicolon, in lower case
 * @param parameters by name in lower case, unquoted
 */
record ContentType(String value, Map<String, String> parameters) {

    static ContentType parse(String header) {
        int semicolon = header.indexOf(';');
        String value = semicolon < 0 ? header : header.substring(0, semicolon);
        Map<String, String> parameters = new LinkedHashMap<>();
        int at = semicolon < 0 ? header.length() : semicolon + 1;
        while (at < header.length()) {
            at = parameter(header, at, parameters);
        }
        return new ContentType(value.strip().toLowerCase(Locale.ROOT), parameters);
    }

    @Nullable
    String parameter(String name) {
        return parameters.get(name);
    }

    /** Reads one parameter; returns where the next one begins. */
    private static int parameter(String header, int start, Map<String, String> into) {
        int equals = start;
        while (equals < header.length() && header.charAt(equals) != '=' && header.charAt(equals) != ';') {
            equals++;
        }
        String name = header.substring(start, equals).strip().toLowerCase(Locale.ROOT);
        if (equals == header.length() || header.charAt(equals) == ';') {
            return equals + 1;
        }
        int at = equals + 1;
        while (at < header.length() && (header.charAt(at) == ' ' || header.charAt(at) == '\t')) {
            at++;
        }
        StringBuilder value = new StringBuilder();
        if (at < header.length() && header.charAt(at) == '"') {
            at = quoted(header, at + 1, value);
            while (at < header.length() && header.charAt(at) != ';') {
                at++;
            }
        } else {
            int end = header.indexOf(';', at);
            end = end < 0 ? header.length() : end;
            value.append(header.substring(at, end).strip());
            at = end;
        }
        into.putIfAbsent(name, value.toString());
        return at + 1;
    }

    /** A backslash escapes a quote or a backslash only: user agents send paths of Windows as they are. */
    private static int quoted(String header, int start, StringBuilder value) {
        int at = start;
        while (at < header.length() && header.charAt(at) != '"') {
            boolean escape = header.charAt(at) == '\\'
                    && at + 1 < header.length()
                    && (header.charAt(at + 1) == '"' || header.charAt(at + 1) == '\\');
            at += escape ? 1 : 0;
            value.append(header.charAt(at++));
        }
        return at + 1;
    }
}
