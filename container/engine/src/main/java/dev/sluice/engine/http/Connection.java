package dev.sluice.engine.http;

import io.undertow.server.ServerConnection;
import io.undertow.util.AttachmentKey;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The connection of an exchange (Servlet 6.1, 3.11: {@code ServletConnection}). Any thread. */
public final class Connection {
    private static final AttachmentKey<Connection> KEY = AttachmentKey.create(Connection.class);
    private static final AtomicLong IDS = new AtomicLong();

    private final BooleanSupplier open;
    private final Supplier<@Nullable SSLSession> session;
    private final @Nullable SocketAddress peer;
    private final String id;
    private final String protocol;
    private final AtomicLong requests = new AtomicLong();
    private final ConcurrentMap<String, Object> attributes = new ConcurrentHashMap<>(2);

    /**
     * A connection.
     *
     * @param protocol by its ALPN name
     * @param open whether it is open
     * @param session its TLS session; null without TLS
     */
    Connection(
            String protocol,
            @Nullable SocketAddress peer,
            BooleanSupplier open,
            Supplier<@Nullable SSLSession> session) {
        this.open = open;
        this.session = session;
        this.peer = peer;
        this.protocol = protocol;
        this.id = Long.toString(IDS.incrementAndGet(), Character.MAX_RADIX);
    }

    static Connection of(ServerConnection undertow, String requestProtocol) {
        Connection known = undertow.getAttachment(KEY);
        if (known == null) {
            String protocol = requestProtocol.equals("HTTP/1.0") ? "http/1.0" : "http/1.1";
            known = new Connection(protocol, undertow.getPeerAddress(), undertow::isOpen, undertow::getSslSession);
            undertow.putAttachment(KEY, known);
        }
        return known;
    }

    /** Unique among the connections of this process. */
    public String id() {
        return id;
    }

    /** The protocol by its ALPN name: {@code http/1.1}, {@code h2}, {@code h2c}. */
    public String protocol() {
        return protocol;
    }

    /** The connection's id in its protocol; empty, because neither HTTP/1.1 nor HTTP/2 has one. */
    public String protocolConnectionId() {
        return "";
    }

    /** Whether it is encrypted by us. */
    public boolean secure() {
        return session() != null;
    }

    /** The TLS cipher suite. */
    public Optional<String> cipherSuite() {
        return Optional.ofNullable(session()).map(SSLSession::getCipherSuite);
    }

    /** Bits of the cipher's key; 0 without TLS. */
    public int keySize() {
        return cipherSuite().map(Connection::keySizeOf).orElse(0);
    }

    private static int keySizeOf(String suite) {
        if (suite.contains("_256") || suite.contains("CHACHA20")) {
            return 256;
        }
        if (suite.contains("3DES")) {
            return 168;
        }
        return suite.contains("_128") ? 128 : 0;
    }

    /** The id of the TLS session, in hexadecimal digits. */
    public Optional<String> tlsSessionId() {
        return Optional.ofNullable(session()).map(session -> HexFormat.of().formatHex(session.getId()));
    }

    /** The TLS protocol, as {@code TLSv1.3}. */
    public Optional<String> tlsProtocol() {
        return Optional.ofNullable(session()).map(SSLSession::getProtocol);
    }

    /** The client's certificates, its own first; empty if it sent none. */
    public List<Certificate> peerCertificates() {
        SSLSession session = session();
        if (session == null) {
            return List.of();
        }
        try {
            return List.of(session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    /** Values that live as long as the connection; engine-internal. */
    public ConcurrentMap<String, Object> attributes() {
        return attributes;
    }

    /** Whether the connection is open in both directions. */
    public boolean open() {
        return open.getAsBoolean();
    }

    /** Counts a request and says which one it is, from 1. */
    long nextRequest() {
        return requests.incrementAndGet();
    }

    private @Nullable SSLSession session() {
        return session.get();
    }

    @Override
    public String toString() {
        return "connection " + id + " (" + protocol + ", " + peer + ")";
    }
}
