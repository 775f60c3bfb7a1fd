package dev.sluice.transport.contract;

import dev.sluice.engine.http.Answer;
import dev.sluice.engine.http.EventLoops;
import dev.sluice.engine.http.FixedPaths;
import dev.sluice.engine.http.FixedResponse;
import dev.sluice.engine.http.FixedTable;
import dev.sluice.engine.http.HttpListener;
import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.http.ListenerStats;
import dev.sluice.engine.http.Tls;
import dev.sluice.transport.BoundListener;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The engine's HTTP on the transport under test, answering with {@link Resources}. */
public final class HttpUnderTest implements AutoCloseable {
    static final byte[] FIXED = "fixed\n".getBytes(StandardCharsets.ISO_8859_1);
    static final byte[] LARGE_FIXED = "large\n".repeat(8_000).getBytes(StandardCharsets.ISO_8859_1);

    private final Transport transport;
    private final HttpListener http;
    private final BoundListener listener;
    private final Resources resources;

    /** Listens on a free port of the loopback address. */
    public HttpUnderTest(Transport transport) {
        this(transport, HttpOptions.defaults());
    }

    HttpUnderTest(Transport transport, HttpOptions options) {
        this(transport, options, null);
    }

    /** The same behind TLS, if there are keys. */
    HttpUnderTest(Transport transport, HttpOptions options, @Nullable Tls tls) {
        this.transport = transport;
        this.resources = new Resources(transport.worker());
        this.http = new HttpListener(options, transport.buffers(), EventLoops.indifferent(), resources);
        FixedPaths paths = new FixedPaths(
                Map.of("/fixed", target(Resources.FIXED), "/large-fixed", target(Resources.LARGE_FIXED)));
        FixedTable table = new FixedTable(false, host -> paths);
        http.answerFixed(() -> table, System::currentTimeMillis);
        try {
            this.listener =
                    transport.listen(ListenerOptions.at(Endpoint.loopback(0)), tls == null ? http : http.secured(tls));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FixedPaths.Target target(Answer answer) {
        return new FixedPaths.Target(new FixedResponse(answer), request -> {});
    }

    /** How many requests were answered straight from the read buffer. */
    long direct() {
        return http.stats().direct();
    }

    /** What happened to connections and responses. */
    ListenerStats stats() {
        return http.stats();
    }

    InetSocketAddress address() {
        return listener.address();
    }

    Transport transport() {
        return transport;
    }

    /** How many requests reached a resource. */
    int requests() {
        return resources.requests();
    }

    Resources resources() {
        return resources;
    }

    Wire connect() throws IOException {
        return new Wire(address());
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        listener.close();
    }
}
