package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.RequestRules;
import io.undertow.server.Connectors;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/** An exchange on Undertow's parser. */
final class Http1Stream implements HttpStream, ExchangeCompletionListener {
    /** With fewer fields, and the few that the server sets itself, none can come too often. */
    private static final int CROWDED = RequestRules.MOST_OF_ONE_NAME / 2;

    /** From so many bytes of a file the head goes ahead: Undertow would read the first ones to send them with it. */
    private static final int HEAD_AHEAD_FROM = 8 * 1024;

    private final HttpServerExchange undertow;
    private final @Nullable RequestGuard guard; // HTTP/1.1 only
    private @Nullable HttpExchange bound;
    private @Nullable StreamSourceChannel source;
    private @Nullable StreamSinkChannel sink;
    private boolean headSent; // as far as anybody knows who sends a file

    Http1Stream(HttpServerExchange undertow, @Nullable RequestGuard guard) {
        this.undertow = undertow;
        this.guard = guard;
    }

    @Override
    public void begin(HttpExchange exchange) {
        bound = exchange;
        undertow.addExchangeCompleteListener(this);
    }

    private HttpExchange exchange() {
        HttpExchange known = bound;
        if (known == null) {
            throw new IllegalStateException("using a stream of HTTP/1.1 without its exchange (expected: begin first)");
        }
        return known;
    }

    @Override
    public Connection connection() {
        return Connection.of(undertow.getConnection(), protocol());
    }

    @Override
    public boolean connected() {
        return undertow.getConnection().isOpen();
    }

    @Override
    public String id() {
        return "";
    }

    // ---- the request

    @Override
    public String method() {
        return undertow.getRequestMethod().toString();
    }

    @Override
    public String protocol() {
        return undertow.getProtocol().toString();
    }

    @Override
    public String scheme() {
        return undertow.getRequestScheme();
    }

    @Override
    public @Nullable String query() {
        return undertow.getQueryString();
    }

    @Override
    public Headers requestHeaders() {
        return copy(undertow.getRequestHeaders());
    }

    @Override
    public @Nullable String requestHeader(String name) {
        return undertow.getRequestHeaders().getFirst(name);
    }

    @Override
    public String hostName() {
        return undertow.getHostName();
    }

    @Override
    public int hostPort() {
        return undertow.getHostPort();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return undertow.getSourceAddress();
    }

    @Override
    public InetSocketAddress localAddress() {
        return undertow.getDestinationAddress();
    }

    @Override
    public Headers requestTrailers() {
        HeaderMap map = undertow.getAttachment(HttpAttachments.REQUEST_TRAILERS);
        return map == null ? new Headers() : copy(map);
    }

    private static Headers copy(HeaderMap map) {
        Headers headers = new Headers(map.size() + 4);
        for (long at = map.fastIterateNonEmpty(); at != -1; at = map.fiNextNonEmpty(at)) {
            HeaderValues values = map.fiCurrent(at);
            String name = values.getHeaderName().toString();
            for (int i = 0; i < values.size(); i++) {
                headers.append(name, values.get(i));
            }
        }
        return headers;
    }

    private static HeaderMap toMap(Headers headers) {
        HeaderMap map = new HeaderMap();
        for (int i = 0; i < headers.size(); i++) {
            add(map, headers, i);
        }
        return map;
    }

    // ---- the request's body

    @Override
    public long requestLength() {
        return undertow.getRequestContentLength();
    }

    @Override
    public long announced() {
        long length = requestLength();
        return length >= 0 || guard == null ? length : guard.announced();
    }

    @Override
    public boolean requestComplete() {
        return undertow.isRequestComplete();
    }

    @Override
    public boolean awaitsContinue() {
        return HttpContinue.requiresContinueResponse(undertow);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return source().read(target);
    }

    @Override
    public @Nullable String brokenBody() {
        return guard == null ? null : guard.brokenBody();
    }

    @Override
    public void onReadable(Runnable action) {
        StreamSourceChannel channel = source();
        if (!channel.isOpen()) {
            exchange().loop().execute(action);
            return;
        }
        channel.getReadSetter().set(ready -> {
            ready.suspendReads();
            ready.getReadSetter().set(null);
            ready.getCloseSetter().set(null);
            action.run();
        });
        channel.getCloseSetter().set(closed -> action.run());
        channel.resumeReads();
    }

    private StreamSourceChannel source() {
        StreamSourceChannel channel = source;
        if (channel == null) {
            channel = undertow.getRequestChannel();
            if (channel == null) {
                throw new IllegalStateException("the request body of " + exchange() + " was taken already");
            }
            source = channel;
        }
        return channel;
    }

    // ---- the response

    @Override
    public void head(int status, @Nullable String reason, Headers fields) {
        undertow.setStatusCode(status);
        if (reason != null) {
            undertow.setReasonPhrase(Headers.wire(reason));
        } else if (status >= 400 && !Statuses.reason(status).equals(StatusCodes.getReason(status))) {
            undertow.setReasonPhrase(Statuses.reason(status)); // it knows other phrases for some
        }
        if (guard != null && guard.draining()) {
            undertow.setPersistent(false);
        }
        HeaderMap head = undertow.getResponseHeaders();
        if (undertow.isHttp10() && undertow.isPersistent()) {
            head.put(io.undertow.util.Headers.CONNECTION, "keep-alive"); // RFC 9112, C.2.2
        }
        for (int i = 0; i < fields.size(); i++) {
            add(head, fields, i);
        }
        String id = exchange().requestId();
        if (!id.isEmpty()) {
            head.put(RequestIds.FIELD, id);
        }
        String server = exchange().options().serverHeader();
        if (!server.isEmpty() && !head.contains(io.undertow.util.Headers.SERVER)) {
            head.put(io.undertow.util.Headers.SERVER, server);
        }
    }

    private static void add(HeaderMap head, Headers fields, int index) {
        HttpString name = HttpString.tryFromString(fields.name(index));
        HeaderValues before = index < CROWDED ? null : head.get(name);
        if (before != null && before.size() == RequestRules.MOST_OF_ONE_NAME) {
            throw new IllegalStateException("response header " + name + ": more than " + RequestRules.MOST_OF_ONE_NAME
                    + " times (expected: one list, or fewer; HTTP/1.1 carries no more here)");
        }
        head.add(name, fields.wireValue(index));
    }

    @Override
    public void responseLength(long length) {
        undertow.getResponseHeaders().put(io.undertow.util.Headers.CONTENT_LENGTH, length);
    }

    @Override
    public void trailers(Supplier<Headers> fields) {
        undertow.putAttachment(HttpAttachments.RESPONSE_TRAILER_SUPPLIER, () -> supplied(fields));
    }

    /** An exception here would cost Undertow the buffers of the response, so the connection is closed instead. */
    private HeaderMap supplied(Supplier<Headers> fields) {
        try {
            return toMap(fields.get());
        } catch (RuntimeException | Error e) {
            exchange().completion().broken(e);
            IoUtils.safeClose(undertow.getConnection());
            return new HeaderMap();
        }
    }

    @Override
    public void earlyHints(Headers fields, long timeoutNanos) throws IOException {
        if (EarlyHints.possible(undertow)) {
            EarlyHints.send(undertow, fields, timeoutNanos);
        }
    }

    @Override
    public boolean openResponse() {
        if (sink == null) {
            frame();
            sink = undertow.getResponseChannel();
        }
        return sink != null;
    }

    /** RFC 9112, 6.3 and 9.8: a body that only the end of the connection ends cannot be told from one that broke off. */
    private void frame() {
        HeaderMap head = undertow.getResponseHeaders();
        if (guard != null
                && undertow.isHttp11()
                && (!undertow.isPersistent() || head.contains(io.undertow.util.Headers.CONNECTION))
                && Connectors.isEntityBodyAllowed(undertow)
                && !head.contains(io.undertow.util.Headers.CONTENT_LENGTH)
                && !head.contains(io.undertow.util.Headers.TRANSFER_ENCODING)) {
            head.put(io.undertow.util.Headers.TRANSFER_ENCODING, "chunked");
        }
    }

    private StreamSinkChannel sink() throws IOException {
        openResponse();
        StreamSinkChannel channel = sink;
        if (channel == null) {
            throw new IOException("the response of " + exchange() + " cannot be sent any more");
        }
        return channel;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        return sink().write(bytes);
    }

    @Override
    public int writeFinal(ByteBuffer bytes) throws IOException {
        return sink().writeFinal(bytes);
    }

    @Override
    public boolean flush() throws IOException {
        return sink().flush();
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        StreamSinkChannel channel = sink();
        headSent = headSent || count >= HEAD_AHEAD_FROM && channel.flush();
        if (!headSent) {
            // With the head still to be sent, Undertow reads from the channel's own position.
            file.position(position);
        }
        return channel.transferFrom(file, position, count);
    }

    @Override
    public void onWritable(Runnable action) {
        StreamSinkChannel channel = sink;
        if (channel == null || !channel.isOpen()) {
            exchange().loop().execute(action);
            return;
        }
        channel.getWriteSetter().set(ready -> {
            ready.suspendWrites();
            ready.getWriteSetter().set(null);
            ready.getCloseSetter().set(null);
            action.run();
        });
        channel.getCloseSetter().set(closed -> action.run());
        channel.resumeWrites();
    }

    @Override
    public long bytesSent() {
        return undertow.getResponseBytesSent();
    }

    @Override
    public long taken() {
        return bytesSent();
    }

    @Override
    public void countSlow() {
        if (guard != null) {
            guard.countSlow();
        }
    }

    // ---- the end

    @Override
    public void closeAfterwards() {
        undertow.setPersistent(false);
    }

    @Override
    public void finish(boolean requestRead) {
        RequestGuard lingering = guard;
        if (requestRead || lingering == null) {
            if (lingering != null && undertow.getRequestMethod().equals(Methods.HEAD) && responseAvailable()) {
                openResponse(); // RFC 9110, 8.6: a length that nobody knows is not zero, as Undertow would say.
            }
            undertow.endExchange();
            return;
        }
        // Undertow would wait for the rest of the request before it sends the end of the response.
        try {
            StreamSinkChannel open = sink == null ? emptyResponse() : sink;
            open.shutdownWrites();
            flushThenLinger(open, lingering);
        } catch (IOException e) {
            exchange().failed(e);
            abort();
        }
    }

    private boolean responseAvailable() {
        return sink == null
                && undertow.isResponseChannelAvailable()
                && undertow.getConnection().isOpen();
    }

    private StreamSinkChannel emptyResponse() throws IOException {
        if (!undertow.getRequestMethod().equals(Methods.HEAD) && Connectors.isEntityBodyAllowed(undertow)) {
            responseLength(0);
        }
        return sink();
    }

    private void flushThenLinger(StreamSinkChannel open, RequestGuard lingering) throws IOException {
        if (open.flush()) {
            lingering.linger(undertow::endExchange);
            return;
        }
        open.getWriteSetter().set(ready -> {
            try {
                if (ready.flush()) {
                    ready.suspendWrites();
                    lingering.linger(undertow::endExchange);
                }
            } catch (IOException e) {
                exchange().failed(e);
                abort();
            }
        });
        open.resumeWrites();
    }

    @Override
    public void abort() {
        IoUtils.safeClose(undertow.getConnection());
        if (!undertow.isComplete()) {
            undertow.endExchange();
        }
    }

    @Override
    public void exchangeEvent(HttpServerExchange ended, NextListener next) {
        if (guard != null) {
            guard.completed();
            if (ended.isUpgrade()) {
                guard.leaveHttp();
            }
        }
        try {
            exchange().completion().tell();
        } finally {
            next.proceed();
        }
    }

    // ---- what only some protocols can

    @Override
    public void upgrade(Consumer<UpgradedConnection> taker) {
        EventLoop loop = exchange().loop();
        Duration writeTimeout = exchange().options().writeTimeout();
        undertow.upgradeChannel((connection, over) -> taker.accept(
                new UpgradedConnection(connection, loop, over.getConnection().getByteBufferPool(), writeTimeout)));
    }

    @Override
    public boolean pushable() {
        return false;
    }

    @Override
    public boolean push(String method, String target, Headers fields) {
        return false;
    }
}
