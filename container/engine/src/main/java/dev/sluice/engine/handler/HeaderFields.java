package dev.sluice.engine.handler;

import dev.sluice.api.Headers;
import dev.sluice.api.StatusException;

/** Header fields from the application's form into the engine's and back. */
final class HeaderFields {
    private HeaderFields() {}

    /** Those of a request; a field that no response could have is a bad request. */
    static Headers toApi(dev.sluice.engine.http.Headers fields) {
        Headers.Builder headers = Headers.builder();
        try {
            fields.forEach((name, value) -> headers.add(name, value.strip()));
        } catch (IllegalArgumentException e) {
            throw new StatusException(400, "The request has a malformed header.", e);
        }
        return headers.build();
    }

    static dev.sluice.engine.http.Headers toEngine(Headers fields) {
        dev.sluice.engine.http.Headers headers = new dev.sluice.engine.http.Headers();
        addTo(headers, fields);
        return headers;
    }

    /** Adds all but those that belong to the connection, which the server alone knows. */
    static void addTo(dev.sluice.engine.http.Headers target, Headers fields) {
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.name(i);
            if (!ofConnection(name)) {
                target.add(name, fields.value(i));
            }
        }
    }

    /** RFC 9110, 7.6.1. */
    private static boolean ofConnection(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("TE");
            case 7 -> name.equalsIgnoreCase("Upgrade") || name.equalsIgnoreCase("Trailer");
            case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
            case 16 -> name.equalsIgnoreCase("Proxy-Connection");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            default -> false;
        };
    }
}
