package dev.sluice.engine.http;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.ConnectorStatistics;
import io.undertow.server.DelegateOpenListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.AlpnOpenListener;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.ssl.SslConnection;

/** Decrypts connections, lets the client choose HTTP/2 or HTTP/1.1 (ALPN), and hands them on. */
final class TlsListener implements ChannelListener<StreamConnection> {
    private static final String HTTP2 = "h2";

    private final Tls tls;
    private final UndertowXnioSsl ssl;
    private final Owner owner;
    private final ChannelListener<StreamConnection> next;

    private TlsListener(Tls tls, UndertowXnioSsl ssl, Owner owner, ChannelListener<StreamConnection> next) {
        this.tls = tls;
        this.ssl = ssl;
        this.owner = owner;
        this.next = next;
    }

    static TlsListener of(
            Tls tls, OptionMap options, boolean http2, ByteBufferPool buffers, HttpHandler root, Owner owner) {
        UndertowXnioSsl ssl = new UndertowXnioSsl(
                Xnio.getInstance(TlsListener.class.getClassLoader()), OptionMap.EMPTY, new TlsBuffers(), tls.context());
        if (!http2) {
            return new TlsListener(tls, ssl, owner, connection -> owner.http1(connection, null));
        }
        AlpnOpenListener alpn = new AlpnOpenListener(
                buffers,
                options,
                "http/1.1",
                new Delegate(buffers, options, root, (connection, read) -> owner.http1(connection, copy(read))));
        alpn.addProtocol(
                HTTP2,
                new Delegate(buffers, options, root, (connection, read) -> owner.http2(connection, copy(read))),
                10);
        alpn.setRootHandler(root);
        return new TlsListener(tls, ssl, owner, alpn);
    }

    private static @Nullable ByteBuffer copy(@Nullable PooledByteBuffer pooled) {
        if (pooled == null) {
            return null;
        }
        try (pooled) {
            ByteBuffer read = pooled.getBuffer();
            ByteBuffer copy = ByteBuffer.allocate(read.remaining()).put(read).flip();
            return copy.hasRemaining() ? copy : null;
        }
    }

    @Override
    public void handleEvent(StreamConnection plain) {
        SocketWatch socket = SocketWatch.install(plain);
        SslConnection connection = ssl.wrapExistingConnection(plain, OptionMap.EMPTY, false);
        owner.encrypted(plain, connection, socket);
        SSLEngine engine = UndertowXnioSsl.getSslEngine(connection);
        engine.setEnabledProtocols(tls.protocols().toArray(new String[0]));
        if (!tls.cipherSuites().isEmpty()) {
            engine.setEnabledCipherSuites(tls.cipherSuites().toArray(new String[0]));
        }
        switch (tls.clientCertificates()) {
            case NEEDED -> engine.setNeedClientAuth(true);
            case WANTED -> engine.setWantClientAuth(true);
            case NONE -> engine.setWantClientAuth(false);
        }
        next.handleEvent(connection);
    }

    /** Takes the connections; called on their loop. */
    interface Owner {
        /** A connection is encrypted from now on, and what it speaks is not known yet. */
        void encrypted(StreamConnection plain, SslConnection connection, SocketWatch socket);

        /**
         * A connection speaks HTTP/1.1.
         *
         * @param read what was read of it already; null if nothing was
         */
        void http1(StreamConnection connection, @Nullable ByteBuffer read);

        /**
         * A connection speaks HTTP/2.
         *
         * @param read what was read of it already; null if nothing was
         */
        void http2(StreamConnection connection, @Nullable ByteBuffer read);
    }

    /** What ALPN wants to know of a listener. */
    private static final class Delegate implements DelegateOpenListener {
        private final ByteBufferPool buffers;
        private final BiConsumer<StreamConnection, @Nullable PooledByteBuffer> opened;
        private OptionMap options;
        private HttpHandler root;

        Delegate(
                ByteBufferPool buffers,
                OptionMap options,
                HttpHandler root,
                BiConsumer<StreamConnection, @Nullable PooledByteBuffer> opened) {
            this.buffers = buffers;
            this.options = options;
            this.root = root;
            this.opened = opened;
        }

        @Override
        public void handleEvent(StreamConnection connection) {
            opened.accept(connection, null);
        }

        @Override
        public void handleEvent(StreamConnection connection, @Nullable PooledByteBuffer additional) {
            opened.accept(connection, additional);
        }

        @Override
        public HttpHandler getRootHandler() {
            return root;
        }

        @Override
        public void setRootHandler(HttpHandler handler) {
            root = handler;
        }

        @Override
        public OptionMap getUndertowOptions() {
            return options;
        }

        @Override
        public void setUndertowOptions(OptionMap map) {
            options = map;
        }

        @Override
        public ByteBufferPool getBufferPool() {
            return buffers;
        }

        @Override
        public @Nullable ConnectorStatistics getConnectorStatistics() {
            return null;
        }

        @Override
        public void closeConnections() {
            // The owner of the connections closes them.
        }
    }
}
