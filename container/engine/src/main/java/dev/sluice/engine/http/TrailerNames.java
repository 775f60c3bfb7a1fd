package dev.sluice.engine.http;

import java.util.Locale;
import java.util.Set;

/** The fields that a response must not send behind its body, because they say how to read it, where it goes or who may have it. */
final class TrailerNames {
    // RFC 9110, 6.5.1: framing, routing, request modifiers, authentication, content format, response control
    private static final Set<String> REFUSED = Set.of(
            "age",
            "authorization",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "date",
            "expect",
            "expires",
            "host",
            "keep-alive",
            "location",
            "max-forwards",
            "pragma",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "range",
            "retry-after",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "vary",
            "www-authenticate");

    private TrailerNames() {}

    /** The fields without those that may not be trailers. */
    static Headers allowed(Headers fields) {
        Headers allowed = new Headers();
        fields.forEach((name, value) -> {
            if (!REFUSED.contains(name.toLowerCase(Locale.ROOT))) {
                allowed.add(name, value);
            }
        });
        return allowed;
    }
}
