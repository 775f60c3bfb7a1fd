package dev.sluice.engine.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The connection options of an HTTP/1.1 request: RFC 9110, 7.6.1. All fields together are one list, in which names count without case;
 * Undertow compares the first field as a whole.
 */
final class ConnectionOptions {
    private ConnectionOptions() {}

    /** Says whether the connection outlives the request (RFC 9112, 9.3), and takes an {@code Upgrade} away that nobody may act on. */
    static void apply(HttpServerExchange undertow) {
        HeaderValues fields = undertow.getRequestHeaders().get(Headers.CONNECTION);
        boolean http11 = undertow.isHttp11();
        if (fields != null) {
            undertow.setPersistent(!lists(fields, "close") && (http11 || lists(fields, "keep-alive")));
        }
        // RFC 9110, 7.8: an Upgrade in HTTP/1.0, or one that is no connection option, is ignored
        if (!http11 || !lists(fields, "upgrade")) {
            undertow.getRequestHeaders().remove(Headers.UPGRADE);
        }
    }

    private static boolean lists(@Nullable HeaderValues fields, String option) {
        if (fields == null) {
            return false;
        }
        for (int i = 0; i < fields.size(); i++) {
            if (lists(fields.get(i), option)) {
                return true;
            }
        }
        return false;
    }

    private static boolean lists(String field, String option) {
        int from = 0;
        while (from <= field.length()) {
            int comma = field.indexOf(',', from);
            int end = comma < 0 ? field.length() : comma;
            int start = from;
            from = end + 1;
            while (start < end && isSpace(field.charAt(start))) {
                start++;
            }
            while (end > start && isSpace(field.charAt(end - 1))) {
                end--;
            }
            if (end - start == option.length() && field.regionMatches(true, start, option, 0, option.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
