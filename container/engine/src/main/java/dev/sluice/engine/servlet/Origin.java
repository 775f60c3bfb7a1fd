package dev.sluice.engine.servlet;

import dev.sluice.engine.http.HttpExchange;

/** Scheme, host and port as the client wrote them. */
final class Origin {
    private Origin() {}

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
