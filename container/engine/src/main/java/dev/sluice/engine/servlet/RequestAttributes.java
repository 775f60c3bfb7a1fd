package dev.sluice.engine.servlet;

import dev.sluice.engine.http.Connection;
import dev.sluice.engine.http.HttpExchange;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of a request: those of the application and of dispatches, and those of TLS (Servlet 6.1, 3.3 and 3.10). */
final class RequestAttributes {
    private static final String PREFIX = "jakarta.servlet.request.";
    private static final String SECURE_PROTOCOL = PREFIX + "secure_protocol";
    private static final String CIPHER_SUITE = PREFIX + "cipher_suite";
    private static final String KEY_SIZE = PREFIX + "key_size";
    private static final String TLS_SESSION = PREFIX + "ssl_session_id";
    private static final String CERTIFICATES = PREFIX + "X509Certificate";

    private final HttpExchange exchange;
    private Map<String, Object> values = Map.of();

    RequestAttributes(HttpExchange exchange) {
        this.exchange = exchange;
    }

    private Connection connection() {
        return exchange.connection();
    }

    @Nullable
    Object get(String name) {
        Object value = values.get(Objects.requireNonNull(name, "name"));
        return value != null || !name.startsWith(PREFIX) ? value : ofTls(name);
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(values.keySet());
        if (connection().secure()) {
            for (String name : new String[] {SECURE_PROTOCOL, CIPHER_SUITE, KEY_SIZE, TLS_SESSION, CERTIFICATES}) {
                if (ofTls(name) != null) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** Sets a value and returns the one before; null removes. */
    @Nullable
    Object put(String name, @Nullable Object value) {
        Objects.requireNonNull(name, "name");
        if (value == null) {
            return values.isEmpty() ? null : values.remove(name);
        }
        if (values.isEmpty()) {
            values = new LinkedHashMap<>();
        }
        return values.put(name, value);
    }

    private @Nullable Object ofTls(String name) {
        if (!connection().secure()) {
            return null;
        }
        return switch (name) {
            case SECURE_PROTOCOL -> connection().tlsProtocol().orElse(null);
            case CIPHER_SUITE -> connection().cipherSuite().orElse(null);
            case KEY_SIZE -> connection().keySize() == 0 ? null : connection().keySize();
            case TLS_SESSION -> connection().tlsSessionId().orElse(null);
            case CERTIFICATES -> certificates();
            default -> null;
        };
    }

    private X509Certificate @Nullable [] certificates() {
        X509Certificate[] chain = connection().peerCertificates().stream()
                .filter(X509Certificate.class::isInstance)
                .toArray(X509Certificate[]::new);
        return chain.length == 0 ? null : chain;
    }
}
