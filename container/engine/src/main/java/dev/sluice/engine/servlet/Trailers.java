package dev.sluice.engine.servlet;

import dev.sluice.engine.http.Headers;
import dev.sluice.engine.http.HttpExchange;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Trailer fields, both ways (Servlet 6.1, 3.5 and 5.3). */
final class Trailers {
    private static final System.Logger LOG = System.getLogger("dev.sluice.servlet");

    private Trailers() {}

    /** Whether they have come, or cannot come: HTTP/1 has them behind a chunked body only. */
    static boolean ready(HttpExchange exchange) {
        boolean possible =
                !exchange.protocol().startsWith("HTTP/1.") || exchange.requestHeader("Transfer-Encoding") != null;
        return !possible || exchange.requestBody().finished();
    }

    /** The trailer fields of a request whose body was read; names in lower case. */
    static Map<String, String> of(HttpExchange exchange, RequestBodyAccess body) {
        if (!ready(exchange)) {
            throw new IllegalStateException(
                    "The trailer fields are wanted before the end of the request's body (expected: after it was read)");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        exchange.requestTrailers()
                .forEach((name, value) -> fields.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + "," + b));
        return fields;
    }

    /** What an application supplies, as header fields. */
    static Headers supplied(Supplier<Map<String, String>> supplier) {
        Headers headers = new Headers();
        Map<String, String> fields = supplier.get();
        if (fields != null) {
            fields.forEach((name, value) -> {
                if (name != null && value != null) {
                    add(headers, name, value);
                }
            });
        }
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        try {
            headers.add(name, value);
        } catch (IllegalArgumentException noField) {
            LOG.log(System.Logger.Level.WARNING, "A trailer field is left out: {0}", noField.getMessage());
        }
    }
}
