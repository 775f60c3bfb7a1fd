package dev.sluice.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code Cookie} headers (RFC 6265, 5.4 and 4.2). */
final class Cookies {
    private Cookies() {}

    static Map<String, String> parse(List<String> headers) {
        if (headers.isEmpty()) {
            return Map.of();
        }
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String header : headers) {
            for (String pair : header.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0 && Tokens.isToken(pair.substring(0, equals).strip())) {
                    cookies.putIfAbsent(
                            pair.substring(0, equals).strip(),
                            unquote(pair.substring(equals + 1).strip()));
                }
            }
        }
        return Collections.unmodifiableMap(cookies);
    }

    private static String unquote(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
