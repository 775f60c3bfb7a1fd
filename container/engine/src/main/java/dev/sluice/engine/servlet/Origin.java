package dev.sluice.engine.servlet;

import dev.sluice.engine.http.HttpExchange;

/** Scheme, host and port as the client wrote them. */
final class Origin {
    private Origin() {}

    /**
     * The value of a Location for a path of this server, which begins with a slash. Absolute where the client has named the host; otherwise
     * only the path (RFC 9110, 10.2.2), since our own address and port are nobody's business and mean nothing behind a proxy.
     */
    static String location(HttpExchange exchange, String path) {
        if (exchange.hostNamed()) {
            return of(exchange) + path;
        }
        int slashes = 0;
        while (slashes < path.length() && path.charAt(slashes) == '/') {
            slashes++;
        }
        // two slashes at the start would name another host
        return slashes > 1 ? path.substring(slashes - 1) : path;
    }

    /** For instance {@code http://localhost:8080}; the port is left out where it is the scheme's own. */
    static String of(HttpExchange exchange) {
        String scheme = exchange.scheme();
        String host = exchange.hostName();
        int port = exchange.hostPort();
        boolean usual = port <= 0 || scheme.equals("http") && port == 80 || scheme.equals("https") && port == 443;
        String name = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        return scheme + "://" + name + (usual ? "" : ":" + port);
    }
}
