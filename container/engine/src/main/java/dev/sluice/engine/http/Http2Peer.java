package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.Tokens;
import dev.sluice.engine.http.http2.ErrorCode;
import dev.sluice.engine.http.http2.Fields;
import dev.sluice.engine.http.http2.Http2Connection;
import dev.sluice.engine.http.http2.Http2Settings;
import dev.sluice.engine.http.http2.Loop;
import dev.sluice.engine.http.http2.Requests;
import dev.sluice.engine.http.http2.Stream;
import dev.sluice.engine.http.http2.StreamListener;
import io.undertow.connector.ByteBufferPool;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.channels.SslChannel;

/** The client at the other end of an HTTP/2 connection: makes exchanges of its requests. On the loop. */
final class Http2Peer implements Requests, Evictable {
    private static final System.Logger LOG = System.getLogger(Http2Peer.class.getName());
    private static final int MALFORMED = 400;

    private final StreamConnection channel;
    private final HttpOptions options;
    private final EventLoop loop;
    private final ListenerCounters counters;
    private final ConnectionLimits limits;
    private final Consumer<? super HttpExchange> handler;
    private final Http2Connection http2;
    private final Connection connection;
    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private final DateField date;
    private byte[] dateBytes = {};
    private volatile String dateText = ""; // written on the loop

    Http2Peer(
            StreamConnection channel,
            HttpOptions options,
            ByteBufferPool buffers,
            EventLoop loop,
            ListenerCounters counters,
            ConnectionLimits limits,
            LongSupplier millis,
            Consumer<? super HttpExchange> handler) {
        this.channel = channel;
        this.options = options;
        this.loop = loop;
        this.counters = counters;
        this.limits = limits;
        this.handler = handler;
        this.date = new DateField(millis);
        this.remote = address(channel.getPeerAddress());
        this.local = address(channel.getLocalAddress());
        this.http2 = new Http2Connection(channel, buffers, new Turns(loop), settings(options), this);
        boolean encrypted = channel instanceof SslChannel;
        this.connection = new Connection(
                encrypted ? "h2" : "h2c",
                channel.getPeerAddress(),
                http2::isOpen,
                () -> channel instanceof SslChannel tls ? tls.getSslSession() : null);
    }

    private static InetSocketAddress address(Object known) {
        return known instanceof InetSocketAddress address ? address : InetSocketAddress.createUnresolved("unknown", 0);
    }

    static Http2Settings settings(HttpOptions options) {
        return new Http2Settings(
                options.maxStreams(),
                options.maxHeadSize(),
                options.maxHeaderCount(),
                options.requestTimeout(),
                options.idleTimeout(),
                options.writeTimeout());
    }

    private record Turns(EventLoop loop) implements Loop {
        @Override
        public void soon(Runnable task) {
            loop.soon(task);
        }

        @Override
        public Runnable after(Duration delay, Runnable task) {
            return loop.schedule(delay, task)::cancel;
        }
    }

    /** Begins with what was read already. */
    void open(@Nullable ByteBuffer read) {
        http2.open(read);
        leaveIfDraining();
    }

    /** Begins with the request that has asked for HTTP/2. */
    void open(ByteBuffer clientSettings, Fields request) {
        http2.open(clientSettings, request);
        leaveIfDraining();
    }

    @Override
    public long idleSince() {
        return http2.busy() ? BUSY : http2.idleSince();
    }

    @Override
    public void makeRoom(long idleSince, Runnable otherwise) {
        loop.execute(() -> {
            if (!http2.isOpen() || idleSince() != idleSince) {
                otherwise.run();
                return;
            }
            http2.makeRoom();
        });
    }

    private void leaveIfDraining() {
        if (limits.draining()) {
            http2.goAway();
        }
    }

    /** Takes no more requests; any thread. */
    void drain() {
        http2.goAway();
    }

    /** The transport has closed the connection. */
    void channelClosed() {
        http2.close(new IOException("the connection was closed"));
    }

    Connection connection() {
        return connection;
    }

    InetSocketAddress remote() {
        return remote;
    }

    InetSocketAddress local() {
        return local;
    }

    /** The value of the Date field; any thread gets one of a moment ago, the loop that of now. */
    String date() {
        if (loop.enter()) {
            try {
                byte[] now = date.now();
                if (now != dateBytes) {
                    dateBytes = now;
                    dateText = new String(now, StandardCharsets.ISO_8859_1);
                }
            } finally {
                loop.leave();
            }
        }
        return dateText;
    }

    void countSlow() {
        counters.slow();
    }

    void disconnected() {
        counters.disconnected();
    }

    void malformed(String reason) {
        LOG.log(System.Logger.Level.DEBUG, () -> "refused a part of a request of " + remote + ": " + reason);
    }

    @Override
    public @Nullable StreamListener request(Stream stream, Fields fields, boolean last) {
        date(); // as it is now, for answers from other threads
        try {
            return begin(stream, fields, last);
        } catch (BadRequestException e) {
            refused(e, RequestIds.of(null), fields);
            return e.status() == MALFORMED ? null : answer(stream, e.status(), RequestIds.of(null), last);
        }
    }

    private @Nullable StreamListener begin(Stream stream, Fields fields, boolean last) {
        Http2Head head = Http2Head.read(fields, channel instanceof SslChannel, options);
        if (last && head.length() > 0) {
            throw new BadRequestException("content-length: " + head.length() + " (expected: 0, since no DATA follows)");
        }
        RequestPath path;
        try {
            path = path(head.target());
        } catch (BadRequestException e) {
            String id = RequestIds.of(head.headers().first(RequestIds.NAME));
            refused(e, id, fields);
            return answer(stream, e.status(), id, last);
        }
        stream.expect(head.length());
        Http2Stream carried = new Http2Stream(stream, head, this);
        loop.carrier().requested();
        HttpExchange exchange = new HttpExchange(carried, options, loop, path);
        if (options.maxRequests() > 0 && connection.nextRequest() >= options.maxRequests()) {
            http2.acceptNoMore();
        }
        try {
            handler.accept(exchange);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "handling " + exchange + " failed", e);
            exchange.failed(e);
            exchange.abort();
        }
        return carried;
    }

    private static RequestPath path(String target) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        return path.equals("*") ? RequestPath.ASTERISK : RequestPath.parse(path);
    }

    private void refused(BadRequestException why, String id, Fields fields) {
        LOG.log(System.Logger.Level.DEBUG, () -> "refused a request of " + remote + ": " + why.getMessage());
        counters.refused(new RefusedRequest(
                why.status(),
                String.valueOf(why.getMessage()),
                id,
                pseudo(fields, ":method"),
                pseudo(fields, ":path"),
                "HTTP/2.0",
                remote));
    }

    private static String pseudo(Fields fields, String name) {
        for (int i = 0; i < fields.count(); i++) {
            if (fields.name(i).equals(name)) {
                return Tokens.printable(fields.value(i));
            }
        }
        return "";
    }

    private StreamListener answer(Stream stream, int status, String id, boolean last) {
        stream.respond(new Fields()
                .add(":status", Integer.toString(status))
                .add("content-length", "0")
                .add("date", date())
                .add("x-request-id", id));
        stream.finish(last, null);
        return Refused.STREAM;
    }

    @Override
    public void refused() {
        counters.streamRefused();
    }

    @Override
    public void broken(ErrorCode code, String reason) {
        if (code == ErrorCode.ENHANCE_YOUR_CALM) {
            counters.evicted();
        } else {
            counters.refused(MALFORMED);
        }
    }

    @Override
    public void evicted() {
        counters.evicted();
    }

    @Override
    public void closed() {
        LOG.log(System.Logger.Level.TRACE, () -> connection + " is closed");
    }

    /** A stream that was answered without an exchange. */
    private enum Refused implements StreamListener {
        STREAM;

        @Override
        public boolean trailers(Fields fields) {
            return true;
        }

        @Override
        public void sent() {
            // Nobody waits for it.
        }

        @Override
        public void lost(IOException why) {
            // Nobody waits for it.
        }
    }
}
