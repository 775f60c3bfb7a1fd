package dev.sluice.transport.contract;

import dev.sluice.transport.BoundListener;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.Transport;
import io.undertow.UndertowOptions;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * The HTTP/1.1 stack on the transport under test, with a few resources:
 *
 * <pre>
 * /hello            "hello"                       /echo             the request's body, read and written on the loop
 * /blocking-echo    the same on a worker          /bytes/N          N bytes, written on the loop
 * /blocking/N       N bytes, written on a worker  /chunks/N         the same without a length
 * /path             the decoded path              /upgrade          switches to an echo of raw bytes
 * </pre>
 */
public final class HttpUnderTest implements AutoCloseable {
    private final Transport transport;
    private final BoundListener listener;
    private final AtomicInteger requests = new AtomicInteger();

    /** Listens on a free port of the loopback address. */
    public HttpUnderTest(Transport transport) {
        this.transport = transport;
        OptionMap options = OptionMap.builder()
                .set(UndertowOptions.MAX_ENTITY_SIZE, 200L * 1024 * 1024)
                .set(UndertowOptions.ALWAYS_SET_DATE, true)
                .getMap();
        HttpOpenListener http = new HttpOpenListener(transport.buffers(), options);
        http.setRootHandler(new HttpContinueReadHandler(this::handle));
        try {
            this.listener = transport.listen(ListenerOptions.at(Endpoint.loopback(0)), http);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetSocketAddress address() {
        return listener.address();
    }

    Transport transport() {
        return transport;
    }

    /** How many requests reached a resource. */
    int requests() {
        return requests.get();
    }

    Wire connect() throws IOException {
        return new Wire(address());
    }

    private void handle(HttpServerExchange exchange) throws Exception {
        requests.incrementAndGet();
        String path = exchange.getRequestPath();
        if (path.equals("/echo")) {
            exchange.getRequestReceiver()
                    .receiveFullBytes((same, body) -> same.getResponseSender().send(ByteBuffer.wrap(body)));
        } else if (path.startsWith("/blocking") || path.startsWith("/chunks/")) {
            exchange.dispatch(exchange.getConnection().getWorker(), (HttpHandler) HttpUnderTest::blocking);
        } else if (path.startsWith("/bytes/")) {
            long count = Long.parseLong(path.substring(7));
            exchange.setResponseContentLength(count);
            new Pattern(exchange, count).next();
        } else if (path.equals("/upgrade")) {
            exchange.getResponseHeaders().put(Headers.UPGRADE, "echo");
            exchange.upgradeChannel((connection, same) -> echo(connection));
        } else {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
            exchange.getResponseSender().send(path.equals("/path") ? exchange.getRequestURI() : "hello");
        }
    }

    private static void blocking(HttpServerExchange exchange) throws IOException {
        exchange.startBlocking();
        String path = exchange.getRequestPath();
        if (path.equals("/blocking-echo")) {
            try (InputStream in = exchange.getInputStream();
                    OutputStream out = exchange.getOutputStream()) {
                in.transferTo(out);
            }
            return;
        }
        long count = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
        if (path.startsWith("/blocking/")) {
            exchange.setResponseContentLength(count);
        }
        try (OutputStream out = exchange.getOutputStream()) {
            byte[] block = new byte[8192];
            for (long at = 0; at < count; at += block.length) {
                fill(block, at);
                out.write(block, 0, (int) Math.min(block.length, count - at));
            }
        }
    }

    /** The byte that stands at that position of every body. */
    static byte at(long position) {
        return (byte) (position * 31 + (position >>> 13));
    }

    private static void fill(byte[] block, long start) {
        for (int i = 0; i < block.length; i++) {
            block[i] = at(start + i);
        }
    }

    private static void echo(StreamConnection connection) {
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        ChannelListener<ConduitStreamSourceChannel> listener = source -> {
            try {
                for (int count = source.read(buffer); count != 0; count = source.read(buffer)) {
                    if (count < 0) {
                        IoUtils.safeClose(connection);
                        return;
                    }
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        connection.getSinkChannel().write(buffer);
                    }
                    buffer.clear();
                }
            } catch (IOException e) {
                IoUtils.safeClose(connection);
            }
        };
        connection.getSourceChannel().setReadListener(listener);
        connection.getSourceChannel().wakeupReads();
    }

    @Override
    public void close() {
        listener.close();
    }

    /** Writes a body block by block, each when the one before was taken. */
    private static final class Pattern implements IoCallback {
        private final HttpServerExchange exchange;
        private final long count;
        private long position;

        Pattern(HttpServerExchange exchange, long count) {
            this.exchange = exchange;
            this.count = count;
        }

        void next() {
            byte[] block = new byte[(int) Math.min(64 * 1024, count - position)];
            fill(block, position);
            position += block.length;
            exchange.getResponseSender()
                    .send(ByteBuffer.wrap(block), position < count ? this : IoCallback.END_EXCHANGE);
        }

        @Override
        public void onComplete(HttpServerExchange same, Sender sender) {
            next();
        }

        @Override
        public void onException(HttpServerExchange same, Sender sender, IOException failure) {
            IoUtils.safeClose(same.getConnection());
        }
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
