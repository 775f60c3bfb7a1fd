package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.Tokens;
import dev.sluice.engine.http.http2.Fields;
import dev.sluice.engine.http.http2.Http2Connection;
import dev.sluice.engine.http.http2.Http2Settings;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;

/**
 * A request of HTTP/1.1 that asks for HTTP/2 in clear text (RFC 7540, 3.2), and gets it if it asks as it must.
 *
 * @param settings the payload of its HTTP2-Settings field
 * @param request its head as HTTP/2 has it
 */
record Http2Upgrade(ByteBuffer settings, Fields request) {
    private static final String SETTINGS = "HTTP2-Settings";
    private static final Set<String> LEFT_OUT = Set.of(
            "host",
            "connection",
            "upgrade",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "transfer-encoding",
            "te");

    /** Whether the request asks, on a connection that may be upgraded; one with a body is answered as HTTP/1.1. */
    static boolean asked(HttpServerExchange undertow) {
        return undertow.isHttp11()
                && undertow.getConnection().getSslSession() == null
                && undertow.isRequestComplete()
                && lists(undertow.getRequestHeaders(), "Upgrade", "h2c");
    }

    /**
     * Reads what is asked.
     *
     * @throws BadRequestException if it is not asked as RFC 7540 demands
     */
    static Http2Upgrade of(HttpServerExchange undertow, Http2Settings limits) {
        HeaderMap sent = undertow.getRequestHeaders();
        if (!lists(sent, "Connection", "upgrade") || !lists(sent, "Connection", SETTINGS)) {
            throw new BadRequestException("Connection: " + Tokens.printable(String.valueOf(sent.getFirst("Connection")))
                    + " (expected: Upgrade, HTTP2-Settings, as the upgrade to h2c demands)");
        }
        if (sent.count(SETTINGS) != 1) {
            throw new BadRequestException(SETTINGS + ": " + sent.count(SETTINGS) + " times (expected: once)");
        }
        ByteBuffer settings = decode(sent.getFirst(SETTINGS));
        try {
            Http2Connection.checkSettings(settings, limits);
        } catch (IOException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
        return new Http2Upgrade(settings, request(undertow));
    }

    private static ByteBuffer decode(String value) {
        try {
            return ByteBuffer.wrap(Base64.getUrlDecoder().decode(value));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(SETTINGS + ": " + Tokens.printable(value) + " (expected: base64url)");
        }
    }

    private static boolean lists(HeaderMap sent, String name, String option) {
        HeaderValues values = sent.get(name);
        return values != null && values.stream().anyMatch(value -> listed(value, option));
    }

    private static boolean listed(@Nullable String value, String option) {
        if (value != null) {
            for (String each : value.split(",", -1)) {
                if (each.strip().equalsIgnoreCase(option)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Fields request(HttpServerExchange undertow) {
        String query = undertow.getQueryString();
        String path = undertow.getRequestPath();
        Fields fields = new Fields()
                .add(":method", undertow.getRequestMethod().toString())
                .add(":scheme", "http")
                .add(":path", query == null || query.isEmpty() ? path : path + "?" + query)
                .add(":authority", String.valueOf(undertow.getRequestHeaders().getFirst("Host")));
        for (HeaderValues values : undertow.getRequestHeaders()) {
            String name = values.getHeaderName().toString().toLowerCase(Locale.ROOT);
            if (!LEFT_OUT.contains(name)) {
                values.forEach(value -> fields.add(name, value));
            }
        }
        return fields;
    }

    /** Answers 101 and hands the connection over. */
    void accept(HttpServerExchange undertow, Consumer<StreamConnection> taker) {
        undertow.getResponseHeaders().put(io.undertow.util.Headers.UPGRADE, "h2c");
        undertow.upgradeChannel((connection, over) -> taker.accept(connection));
        undertow.endExchange();
    }
}
