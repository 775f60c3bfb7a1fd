package dev.sluice.engine.http.websocket;

import dev.sluice.engine.http.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server's side of the opening handshake (RFC 6455, 4.2). */
public final class Handshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private Handshake() {}

    /** What is wrong with a request that should open a WebSocket connection. */
    public enum Verdict {
        /** It does. */
        GOOD,
        /** It does not ask for WebSocket at all, or for a version other than 13: 426. */
        NOT_ASKED,
        /** It asks, but breaks the rules: 400. */
        MALFORMED
    }

    /** Judges a request. */
    public static Verdict judge(HttpExchange exchange) {
        boolean asked = exchange.method().equals("GET")
                && exchange.protocol().equals("HTTP/1.1")
                && tokens(exchange, "Upgrade").contains("websocket")
                && tokens(exchange, "Connection").contains("upgrade");
        if (!asked || !"13".equals(exchange.requestHeaders().first("Sec-WebSocket-Version"))) {
            return Verdict.NOT_ASKED;
        }
        // RFC 6455, 4.2.1 and 11.3.1: one key. A body would be taken for frames.
        boolean good = exchange.requestHeaders().all("Sec-WebSocket-Key").size() == 1
                && isKey(exchange.requestHeaders().first("Sec-WebSocket-Key"))
                && exchange.requestHeaders().all("Transfer-Encoding").isEmpty()
                && "0"
                        .equals(Objects.requireNonNullElse(
                                exchange.requestHeaders().first("Content-Length"), "0"));
        return good ? Verdict.GOOD : Verdict.MALFORMED;
    }

    /** The first of our subprotocols that the client offers. */
    public static Optional<String> subprotocol(HttpExchange exchange, List<String> ours) {
        List<String> offered = new ArrayList<>();
        for (String field : exchange.requestHeaders().all("Sec-WebSocket-Protocol")) {
            for (String token : field.split(",")) {
                offered.add(token.strip());
            }
        }
        return ours.stream().filter(offered::contains).findFirst();
    }

    /** The value of {@code Sec-WebSocket-Accept}, for a request that was judged good. */
    public static String accept(HttpExchange exchange) {
        try {
            byte[] text =
                    (exchange.requestHeaders().first("Sec-WebSocket-Key") + GUID).getBytes(StandardCharsets.ISO_8859_1);
            // SHA-1 is what RFC 6455, 4.2.2 asks for; it protects nothing.
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-1, which WebSocket handshakes need", e);
        }
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key).length == 16;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> tokens(HttpExchange exchange, String name) {
        List<String> tokens = new ArrayList<>();
        for (String field : exchange.requestHeaders().all(name)) {
            for (String token : field.split(",")) {
                tokens.add(token.strip().toLowerCase(Locale.ROOT));
            }
        }
        return tokens;
    }
}
