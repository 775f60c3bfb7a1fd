package dev.sluice.engine.http;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http2.Http2UpgradeHandler;
import io.undertow.util.SameThreadExecutor;
import java.time.Duration;
import java.util.function.Consumer;
import org.xnio.ChannelListener;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

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
    private final HttpContinueReadHandler root;

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
        this.root = new HttpContinueReadHandler(this::takeOver);
        this.open = new HttpOpenListener(buffers, undertowOptions(options));
        open.setRootHandler(options.http2() ? new Http2UpgradeHandler(root) : root);
    }

    private static OptionMap undertowOptions(HttpOptions options) {
        OptionMap.Builder map = OptionMap.builder()
                .set(UndertowOptions.MAX_HEADER_SIZE, options.maxHeadSize())
                .set(UndertowOptions.MAX_HEADERS, options.maxHeaderCount())
                .set(UndertowOptions.MAX_PARAMETERS, Integer.MAX_VALUE)
                .set(UndertowOptions.DECODE_URL, false)
                .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .set(UndertowOptions.ALWAYS_SET_DATE, true)
                .set(UndertowOptions.ENABLE_HTTP2, options.http2())
                .set(UndertowOptions.ALLOW_UNKNOWN_PROTOCOLS, false);
        set(map, UndertowOptions.REQUEST_PARSE_TIMEOUT, options.requestTimeout());
        set(map, UndertowOptions.NO_REQUEST_TIMEOUT, options.idleTimeout());
        return map.getMap();
    }

    private static void set(OptionMap.Builder map, org.xnio.Option<Integer> option, Duration time) {
        if (!time.isZero()) {
            map.set(option, (int) time.toMillis());
        }
    }

    /** A connection was accepted; on its loop. */
    @Override
    public void handleEvent(StreamConnection connection) {
        open.handleEvent(connection);
    }

    /** Closes every connection at once. */
    public void closeConnections() {
        open.closeConnections();
    }

    /** Takes the exchange from Undertow: after this its fate is ours alone. */
    private void takeOver(HttpServerExchange undertow) {
        undertow.dispatch(SameThreadExecutor.INSTANCE, () -> begin(undertow));
    }

    private void begin(HttpServerExchange undertow) {
        // Pipelined requests go on here instead of hopping to the worker's pool.
        undertow.setDispatchExecutor(undertow.getIoThread());
        try {
            EventLoop loop = loops.of(undertow.getIoThread());
            handler.accept(new HttpExchange(undertow, options, loop, RequestPath.parse(target(undertow))));
        } catch (BadRequestException e) {
            LOG.log(System.Logger.Level.DEBUG, e.getMessage());
            undertow.setPersistent(false);
            undertow.setStatusCode(e.status());
            undertow.endExchange();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "handling " + undertow.getRequestMethod() + " failed", e);
            undertow.setPersistent(false);
            if (!undertow.isResponseStarted()) {
                undertow.setStatusCode(500);
            }
            undertow.endExchange();
        }
    }

    private static String target(HttpServerExchange undertow) {
        String uri = undertow.getRequestURI();
        if (!undertow.isHostIncludedInRequestURI()) {
            return uri;
        }
        int authority = uri.indexOf("://");
        int slash = authority < 0 ? -1 : uri.indexOf('/', authority + 3);
        return slash < 0 ? "/" : uri.substring(slash);
    }
}
