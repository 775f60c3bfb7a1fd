package dev.sluice.engine.http;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.util.SameThreadExecutor;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.ssl.SslConnection;

/**
 * Speaks HTTP/1.1 and HTTP/2 on connections that a transport hands over, and gives each request to a handler on the connection's loop.
 * The handler must not block; from then on the exchange is complete when {@link HttpExchange#end} was called or somebody answered.
 */
public final class HttpListener implements ChannelListener<StreamConnection> {
    private static final System.Logger LOG = System.getLogger(HttpListener.class.getName());

    private final HttpOptions options;
    private final EventLoops loops;
    private final Consumer<? super HttpExchange> handler;
    private final HttpOpenListener open;
    private final ByteBufferPool buffers;
    private final HttpHandler root;
    private final ListenerCounters counters = new ListenerCounters();
    private final ConnectionLimits limits;
    private final Set<RequestGuard> guards = ConcurrentHashMap.newKeySet();
    private final Map<StreamConnection, SocketWatch> sockets = new ConcurrentHashMap<>(); // by encrypted connection
    private final Map<StreamConnection, TlsHandshake> handshakes = new ConcurrentHashMap<>(); // by encrypted connection
    private final Set<Http2Peer> http2 = ConcurrentHashMap.newKeySet();
    private final Map<StreamConnection, FirstBytes> silent =
            new ConcurrentHashMap<>(); // what they speak is not known yet
    private final Set<StreamConnection> connections = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<EventLoop, FixedLoop> fixedLoops = new ConcurrentHashMap<>();
    private volatile Supplier<FixedTable> fixed = () -> FixedTable.NONE;
    private volatile LongSupplier clock = System::currentTimeMillis;

    /**
     * A listener that is ready for connections.
     *
     * @param buffers where connections take their buffers from; must work on every thread
     * @param loops the loops of the transport
     * @param handler gets every request, on the loop
     */
    public HttpListener(
            HttpOptions options, ByteBufferPool buffers, EventLoops loops, Consumer<? super HttpExchange> handler) {
        this.options = options;
        this.loops = loops;
        this.handler = handler;
        this.limits = new ConnectionLimits(options);
        this.buffers = buffers;
        this.open = new HttpOpenListener(buffers, undertowOptions(options));
        this.root = new HttpContinueReadHandler(this::takeOver);
        HttpHandler first = options.http2() && options.http2Upgrade() ? this::upgradeOrHandle : root;
        open.setRootHandler(undertow -> {
            RequestGuard guard = guard(undertow.getConnection());
            if (guard != null) {
                RequestedHost.set(undertow, guard);
            }
            first.handleRequest(undertow);
        });
    }

    /** Tells about each request that is refused before it becomes an exchange; called on loops. */
    public void onRefusal(Consumer<? super RefusedRequest> observer) {
        counters.tell(observer);
    }

    /**
     * Answers requests for fixed responses on HTTP/1.1 without TLS straight from the read buffer. The handler must give the same answers to
     * those that arrive otherwise. Before the first connection only.
     *
     * @param tables what there is; asked for each read
     * @param millis the time for Date, as {@link System#currentTimeMillis} gives it
     */
    public void answerFixed(Supplier<FixedTable> tables, LongSupplier millis) {
        fixed = tables;
        clock = millis;
    }

    private static OptionMap undertowOptions(HttpOptions options) {
        OptionMap.Builder map = OptionMap.builder()
                .set(UndertowOptions.MAX_HEADER_SIZE, options.maxHeadSize() + 1024)
                .set(UndertowOptions.MAX_HEADERS, options.maxHeaderCount() + 1)
                // RequestBody has the limit: Undertow's closes the connection before anybody can answer 413.
                .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .set(UndertowOptions.MAX_PARAMETERS, Integer.MAX_VALUE)
                .set(UndertowOptions.DECODE_URL, false)
                .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .set(UndertowOptions.ALWAYS_SET_DATE, true)
                .set(UndertowOptions.ALLOW_UNKNOWN_PROTOCOLS, false);
        return map.getMap();
    }

    /** A request that asks for HTTP/2 and gets it never becomes an exchange of HTTP/1.1, so its guard is told here. */
    private void upgradeOrHandle(HttpServerExchange undertow) throws Exception {
        RequestGuard guard = guard(undertow.getConnection());
        boolean asked = guard != null && Http2Upgrade.asked(undertow);
        if (guard == null || !asked) {
            root.handleRequest(undertow);
            return;
        }
        ConnectionOptions.apply(undertow);
        try {
            Http2Upgrade upgrade = Http2Upgrade.of(undertow, Http2Peer.settings(options));
            undertow.addExchangeCompleteListener((ended, next) -> {
                if (ended.isUpgrade()) {
                    guard.leaveHttp();
                }
                next.proceed();
            });
            upgrade.accept(undertow, connection -> opened(connection, peer(connection))
                    .open(upgrade.settings(), upgrade.request()));
        } catch (BadRequestException e) {
            refuse(undertow, e);
        }
    }

    /** A connection was accepted; on its loop. */
    @Override
    public void handleEvent(StreamConnection connection) {
        if (!enter(connection)) {
            return;
        }
        if (!options.http2()) {
            openHttp1(connection, null);
            return;
        }
        EventLoop loop = loops.of(connection.getIoThread());
        Closing unknown = new Closing();
        FirstBytes first = new FirstBytes(connection, options, loop, counters, buffers, new FirstBytes.Next() {
            @Override
            public void http1(@Nullable ByteBuffer read) {
                decided(connection, unknown);
                openHttp1(connection, read);
            }

            @Override
            public void http2(ByteBuffer read) {
                decided(connection, unknown);
                opened(connection, peer(connection)).open(read);
            }
        });
        silent.put(connection, first);
        limits.idle().add(first);
        unknown.action = () -> {
            silent.remove(connection);
            limits.idle().remove(first);
            first.closed();
        };
        connection.setCloseListener(unknown);
        first.open();
    }

    /** The protocol is known: nothing is left of what was needed until then. */
    private void decided(StreamConnection connection, Closing unknown) {
        FirstBytes first = silent.remove(connection);
        if (first != null) {
            limits.idle().remove(first);
        }
        unknown.action = null;
    }

    private Http2Peer peer(StreamConnection connection) {
        EventLoop loop = loops.of(connection.getIoThread());
        return new Http2Peer(connection, options, buffers, loop, counters, limits, clock, handler);
    }

    private Http2Peer opened(StreamConnection connection, Http2Peer peer) {
        http2.add(peer);
        limits.idle().add(peer);
        whenClosed(connection, () -> {
            limits.idle().remove(peer);
            http2.remove(peer);
            peer.channelClosed();
        });
        return peer;
    }

    /** The same listener behind TLS, for another port: what it returns is called for each connection, on its loop. */
    public ChannelListener<StreamConnection> secured(Tls tls) {
        TlsListener decrypting =
                TlsListener.of(tls, undertowOptions(options), options.http2(), buffers, root, new Encrypted());
        return connection -> {
            if (enter(connection) && beginHandshake(connection)) {
                decrypting.handleEvent(connection);
            }
        };
    }

    /** Counts the connection, and its end; false if there are too many. */
    private boolean enter(StreamConnection connection) {
        if (!limits.enter(connection)) {
            counters.overLimit();
            IoUtils.safeClose(connection);
            return false;
        }
        counters.accepted();
        connections.add(connection);
        InetAddress client = ConnectionLimits.client(connection);
        whenClosed(connection, () -> {
            if (connections.remove(connection)) {
                counters.closed();
                limits.leave(client);
            }
        });
        return true;
    }

    private boolean beginHandshake(StreamConnection connection) {
        if (limits.beginHandshake(ConnectionLimits.client(connection))) {
            return true;
        }
        counters.overLimit();
        IoUtils.safeClose(connection);
        return false;
    }

    private void openHttp1(StreamConnection connection, @Nullable ByteBuffer read) {
        EventLoop loop = loops.of(connection.getIoThread());
        FixedLoop answers = fixedLoops.computeIfAbsent(loop, each -> new FixedLoop(fixed, options, clock));
        RequestGuard guard =
                new RequestGuard(connection, options, loop, counters, limits, answers, sockets.get(connection));
        guards.add(guard);
        guard.install(read);
        limits.idle().add(guard);
        open.handleEvent(connection);
        whenClosed(connection, () -> {
            limits.idle().remove(guard);
            if (guards.remove(guard)) {
                guard.closed();
            }
        });
    }

    private final class Encrypted implements TlsListener.Owner {
        @Override
        public void encrypted(StreamConnection plain, SslConnection connection, SocketWatch socket) {
            sockets.put(connection, socket);
            InetAddress client = ConnectionLimits.client(plain);
            TlsHandshake handshake = new TlsHandshake(
                    plain, options, loops.of(plain.getIoThread()), counters, () -> ended(connection, client));
            handshakes.put(connection, handshake);
            limits.idle().add(handshake);
            connection.getHandshakeSetter().set(agreed -> handshake.agreed());
            whenClosed(plain, () -> {
                sockets.remove(connection);
                handshake.end();
            });
        }

        private void ended(StreamConnection connection, @Nullable InetAddress client) {
            TlsHandshake handshake = handshakes.remove(connection);
            if (handshake != null) {
                limits.idle().remove(handshake);
                limits.endHandshake(client);
            }
        }

        private void chosen(StreamConnection connection) {
            TlsHandshake handshake = handshakes.get(connection);
            if (handshake != null) {
                handshake.chosen();
            }
        }

        @Override
        public void http1(StreamConnection connection, @Nullable ByteBuffer read) {
            chosen(connection);
            openHttp1(connection, read);
        }

        @Override
        public void http2(StreamConnection connection, @Nullable ByteBuffer read) {
            chosen(connection);
            opened(connection, peer(connection)).open(read);
        }
    }

    /** Runs the action besides what else waits for the end of the connection; at once if it is closed already. */
    private static void whenClosed(StreamConnection connection, Runnable action) {
        connection.setCloseListener(
                closed -> action.run()); // XNIO adds a listener, it does not replace the one before.
    }

    /** Waits for the end of a connection, and can forget why. */
    private static final class Closing implements ChannelListener<StreamConnection> {
        private volatile @Nullable Runnable action;

        @Override
        public void handleEvent(StreamConnection closed) {
            Runnable last = action;
            if (last != null) {
                last.run();
            }
        }
    }

    /** Connections that are open now. */
    public int connections() {
        return limits.open();
    }

    /** Figures as they are now. */
    public ListenerStats stats() {
        return counters.stats();
    }

    /** From now on a connection ends with its request, and one that waits for a request ends at once. */
    public void drain() {
        limits.drain();
        for (RequestGuard guard : guards) {
            guard.loop().execute(guard::closeIfIdle);
        }
        http2.forEach(Http2Peer::drain);
        for (StreamConnection connection : silent.keySet()) {
            connection.getIoThread().execute(() -> {
                if (silent.containsKey(connection)) {
                    IoUtils.safeClose(connection);
                }
            });
        }
    }

    /** Closes every connection at once. */
    public void closeConnections() {
        for (StreamConnection connection : connections) {
            connection.getIoThread().execute(() -> IoUtils.safeClose(connection));
        }
    }

    /** Takes the exchange from Undertow: after this its fate is ours alone. */
    private void takeOver(HttpServerExchange undertow) {
        undertow.dispatch(SameThreadExecutor.INSTANCE, () -> begin(undertow));
    }

    private void begin(HttpServerExchange undertow) {
        // Pipelined requests go on here instead of hopping to the worker's pool.
        undertow.setDispatchExecutor(undertow.getIoThread());
        RequestGuard guard = guard(undertow.getConnection());
        EventLoop loop = guard == null ? loops.of(undertow.getIoThread()) : guard.loop();
        if (guard != null) {
            ConnectionOptions.apply(undertow);
        }
        loop.carrier().requested();
        try {
            HttpExchange exchange = new HttpExchange(new Http1Stream(undertow, guard), options, loop, path(undertow));
            if (guard != null) {
                guard.begun(exchange);
            }
            if (limits.draining()
                    || options.maxRequests() > 0 && nextRequest(exchange, guard) >= options.maxRequests()) {
                exchange.closeAfterwards();
            }
            handler.accept(exchange);
            if (guard != null) {
                guard.listIfBusy();
            }
        } catch (BadRequestException e) {
            refuse(undertow, e);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "handling " + undertow.getRequestMethod() + " failed", e);
            fail(undertow, 500);
        }
    }

    private void refuse(HttpServerExchange undertow, BadRequestException why) {
        LOG.log(System.Logger.Level.DEBUG, why.getMessage());
        String id = fail(undertow, why.status());
        counters.refused(new RefusedRequest(
                why.status(),
                String.valueOf(why.getMessage()),
                id,
                undertow.getRequestMethod().toString(),
                undertow.getRequestURI(),
                undertow.getProtocol().toString(),
                undertow.getSourceAddress()));
    }

    private static long nextRequest(HttpExchange exchange, @Nullable RequestGuard guard) {
        return guard == null ? exchange.connection().nextRequest() : guard.nextRequest();
    }

    /** Ends the exchange; returns the id that it has told. */
    private static String fail(HttpServerExchange undertow, int status) {
        String id = RequestIds.of(undertow.getRequestHeaders().getFirst(RequestIds.FIELD));
        undertow.setPersistent(false);
        if (!undertow.isResponseStarted()) {
            undertow.setStatusCode(status);
            undertow.getResponseHeaders().put(RequestIds.FIELD, id);
        }
        undertow.endExchange();
        return id;
    }

    private static @Nullable RequestGuard guard(ServerConnection connection) {
        return connection instanceof AbstractServerConnection h1
                        && h1.getOriginalSourceConduit() instanceof RequestGuard guard
                ? guard
                : null;
    }

    private static RequestPath path(HttpServerExchange undertow) {
        String uri = undertow.getRequestURI();
        if (undertow.isHostIncludedInRequestURI()) {
            int authority = uri.indexOf("://");
            int slash = authority < 0 ? -1 : uri.indexOf('/', authority + 3);
            return RequestPath.parse(slash < 0 ? "/" : uri.substring(slash));
        }
        if (uri.equals("*")) {
            return RequestPath.ASTERISK;
        }
        return RequestPath.parse(uri);
    }
}
