package dev.sluice.engine.servlet;

import dev.sluice.engine.header.LocationPath;
import dev.sluice.engine.http.HttpExchange;
import org.jspecify.annotations.Nullable;

/** Scheme, host and port as the client wrote them, on its side of a trusted proxy. */
final class Origin {
    private Origin() {}

    /** A path of this host as a Location: absolute if the client has said which host it asks for, otherwise the path alone. */
    static String location(HttpExchange exchange, String path) {
        return exchange.hostKnown() ? of(exchange) + path : LocationPath.of(path);
    }

    /** The same by TLS, at this port; null if it is not known how the client would get there. */
    static @Nullable String confidential(HttpExchange exchange, int tlsPort) {
        if (!exchange.hostKnown()) {
            return null;
        }
        if (exchange.proxied()) {
            return "https://" + host(exchange);
        }
        return tlsPort == 0 ? null : "https://" + host(exchange) + (tlsPort == 443 ? "" : ":" + tlsPort);
    }

    /** The host; an IPv6 address has its brackets, as in the Host field. */
    static String host(HttpExchange exchange) {
        String host = exchange.hostName();
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** For instance {@code http://localhost:8080}; the port is left out where it is the scheme's own. */
    static String of(HttpExchange exchange) {
        String scheme = exchange.scheme();
        int port = exchange.hostPort();
        boolean usual = port <= 0 || scheme.equals("http") && port == 80 || scheme.equals("https") && port == 443;
        return scheme + "://" + host(exchange) + (usual ? "" : ":" + port);
    }
}
