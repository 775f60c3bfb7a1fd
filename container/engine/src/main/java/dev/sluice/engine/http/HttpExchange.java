package dev.sluice.engine.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response. Begins on the connection's loop; from then on any one thread at a time may use it, with these
 * exceptions for any thread: {@link #claim}, {@link #answer}, {@link #end}, {@link #onDisconnect}, {@link #committed} and what is
 * immutable.
 *
 * <p>What an application sets ({@link #status}, {@link #responseHeaders}) is kept aside until the head is sent, so the deadline can
 * answer in its place while it still works.
 */
public final class HttpExchange {
    private static final HttpString REQUEST_ID = RequestIds.FIELD;
    private static final VarHandle ANSWERER;
    private static final VarHandle ENDED;

    static {
        try {
            ANSWERER = MethodHandles.lookup().findVarHandle(HttpExchange.class, "answerer", Answerer.class);
            ENDED = MethodHandles.lookup().findVarHandle(HttpExchange.class, "ended", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final HttpServerExchange undertow;
    private final HttpOptions options;
    private final EventLoop loop;
    private final @Nullable RequestGuard guard; // HTTP/1.1 only
    private final Completion completion;
    private final RequestPath path;
    private final Headers responseHeaders = new Headers();
    private final RequestBody requestBody;
    private final ResponseBody responseBody;
    private final long startNanos = System.nanoTime();

    private @Nullable Headers requestHeaders;
    private @Nullable String scheme;
    private @Nullable String hostName;
    private int status = 200;
    private volatile int answeredStatus;
    private @Nullable String reason;
    private @Nullable Map<String, Object> attributes;
    private @Nullable Supplier<Headers> trailers;
    private String requestId = "";
    private @Nullable String user;
    private volatile boolean offLoop;
    private volatile boolean committed;
    private volatile @Nullable Throwable failure;

    @SuppressWarnings("unused") // through ANSWERER
    private volatile @Nullable Answerer answerer;

    @SuppressWarnings("unused") // through ENDED
    private volatile boolean ended;

    HttpExchange(
            HttpServerExchange undertow,
            HttpOptions options,
            EventLoop loop,
            RequestPath path,
            @Nullable RequestGuard guard) {
        this.undertow = undertow;
        this.guard = guard;
        this.loop = loop;
        this.options = options;
        this.path = path;
        this.requestBody = new RequestBody(this, undertow);
        this.responseBody = new ResponseBody(this, undertow);
        this.completion = new Completion(this);
        undertow.addExchangeCompleteListener(completion);
    }

    /** The method as sent. */
    public String method() {
        return undertow.getRequestMethod().toString();
    }

    /** {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2.0}. */
    public String protocol() {
        return undertow.getProtocol().toString();
    }

    /** {@code http} or {@code https}. */
    public String scheme() {
        String set = scheme;
        return set == null ? undertow.getRequestScheme() : set;
    }

    /** Replaces the scheme by the one that a trusted proxy has forwarded. */
    public void scheme(String value) {
        scheme = value;
    }

    /** Whether the client's side is encrypted. */
    public boolean secure() {
        return scheme().equals("https");
    }

    /** The request target's path as sent, without the query; the absolute form is reduced to its path. */
    public String rawPath() {
        return path.raw();
    }

    /** What stands behind the question mark, undecoded; null without a question mark. */
    public @Nullable String queryString() {
        String query = undertow.getQueryString();
        return query == null || query.isEmpty() ? null : query;
    }

    /** The canonical path (Servlet 6.1, 3.5.2). */
    public RequestPath path() {
        return path;
    }

    /** The request's header fields; a copy that filters may change. */
    public Headers requestHeaders() {
        Headers headers = requestHeaders;
        if (headers == null) {
            headers = copy(undertow.getRequestHeaders());
            requestHeaders = headers;
        }
        return headers;
    }

    /** The first value of a request header field, without copying all of them. */
    public @Nullable String requestHeader(String name) {
        Headers headers = requestHeaders;
        return headers == null ? undertow.getRequestHeaders().getFirst(name) : headers.first(name);
    }

    /** The first value of a request header field, without copying all of them. */
    @Nullable
    String requestHeader(HttpString name) {
        Headers headers = requestHeaders;
        return headers == null ? undertow.getRequestHeaders().getFirst(name) : headers.first(name.toString());
    }

    /** Where the client says that it comes from, or null; for logs. */
    public @Nullable String referrer() {
        return requestHeader(io.undertow.util.Headers.REFERER);
    }

    /** What the client says that it is, or null; for logs. */
    public @Nullable String userAgent() {
        return requestHeader(io.undertow.util.Headers.USER_AGENT);
    }

    /** The response's header fields; changes after the head was sent have no effect. */
    public Headers responseHeaders() {
        return responseHeaders;
    }

    /** The host that the client asked for, without port and brackets' content unchanged. */
    public String hostName() {
        String name = hostName;
        if (name == null) {
            name = undertow.getHostName();
            hostName = name;
        }
        return name;
    }

    /** The port that the client asked for, or the scheme's default. */
    public int hostPort() {
        return undertow.getHostPort();
    }

    /** The other end of the connection, or what a trusted proxy has forwarded. */
    public InetSocketAddress remoteAddress() {
        return undertow.getSourceAddress();
    }

    /** Our end of the connection. */
    public InetSocketAddress localAddress() {
        return undertow.getDestinationAddress();
    }

    /** The connection. */
    public Connection connection() {
        return Connection.of(undertow.getConnection(), protocol());
    }

    /** The stream id on HTTP/2, otherwise empty (Servlet 6.1, {@code getProtocolRequestId}). */
    public String protocolRequestId() {
        return StreamIds.of(undertow.getConnection());
    }

    /** The status that will be or was sent. */
    public int status() {
        return status;
    }

    /** Sets the status: 200 to 999, and 101 by {@link #upgrade} only. */
    public void status(int code) {
        if (code < 100 || code > 999) {
            throw new IllegalArgumentException("status: " + code + " (expected: 100 to 999)");
        }
        status = code;
    }

    /** The reason phrase that replaces the standard one, or null. HTTP/1.1 only. */
    public @Nullable String reason() {
        return reason;
    }

    /** Replaces the standard reason phrase. */
    public void reason(String phrase) {
        reason = phrase;
    }

    /** The request's body. */
    public RequestBody requestBody() {
        return requestBody;
    }

    /** The response's body, as the application writes it. */
    public ResponseBody responseBody() {
        return responseBody;
    }

    /** Whether a response head is on its way. */
    public boolean committed() {
        return committed;
    }

    /** Who answers, or null while nobody does. */
    public @Nullable Answerer answerer() {
        return answerer;
    }

    /**
     * Claims the answer.
     *
     * @return true for the first who asks, and when the same asks again
     */
    public boolean claim(Answerer who) {
        return ANSWERER.compareAndSet(this, (Answerer) null, who) || answerer == who;
    }

    /**
     * Answers with a complete response in the name of somebody, if nobody else has claimed the answer. What the application has prepared
     * is not used. Never blocks.
     *
     * @return false if somebody else answers
     */
    public boolean answer(Answerer who, Answer answer) {
        if (who == Answerer.APPLICATION || !claim(who)) {
            return false;
        }
        if (!takeEnd()) {
            return false;
        }
        committed = true;
        answeredStatus = answer.status();
        loop.soon(() -> completion.send(answer));
        return true;
    }

    /** The status that is on its way to the client; 0 while there is none. */
    public int sentStatus() {
        return !committed ? 0 : answeredStatus != 0 ? answeredStatus : status;
    }

    /**
     * Sends {@code 103 Early Hints} with these fields now. Does nothing if the protocol has no informational responses, the connection is
     * full, or somebody has answered.
     *
     * @throws IOException if the client is gone
     */
    public void earlyHints(Headers hints) throws IOException {
        if (hints.size() == 0 || !EarlyHints.possible(undertow)) {
            return;
        }
        synchronized (completion) {
            if (!committed && (answerer == null || answerer == Answerer.APPLICATION)) {
                EarlyHints.send(undertow, hints, options.writeTimeout().toNanos());
            }
        }
    }

    /**
     * Leaves HTTP: sends 101 with what stands in the response's header fields, and hands the connection over.
     *
     * @param protocol value of the Upgrade field; null if it is set already
     * @param taker called on the loop once the head is sent
     * @throws IllegalStateException if the protocol cannot be upgraded or somebody else has answered
     */
    public void upgrade(@Nullable String protocol, Consumer<UpgradedConnection> taker) {
        if (committed) {
            throw new IllegalStateException("upgrading " + this + " after its head was sent (expected: before)");
        }
        if (protocol != null) {
            responseHeaders.set("Upgrade", protocol);
        }
        undertow.upgradeChannel((connection, over) -> taker.accept(
                new UpgradedConnection(connection, over.getConnection().getByteBufferPool())));
        status = StatusCodes.SWITCHING_PROTOCOLS;
        responseHeaders.remove("Connection"); // Undertow has set it.
        responseBody.end();
    }

    /** Whether {@link #push} can do anything. */
    public boolean pushable() {
        return undertow.getConnection().isPushSupported();
    }

    /** Promises and sends a further response (HTTP/2); false if the client does not want it. */
    public boolean push(String method, String target, Headers headers) {
        return pushable() && undertow.getConnection().pushResource(target, new HttpString(method), toMap(headers));
    }

    /** Values for this exchange; engine-internal. */
    public Map<String, Object> attributes() {
        Map<String, Object> map = attributes;
        if (map == null) {
            map = new HashMap<>();
            attributes = map;
        }
        return map;
    }

    /** Calls the listener exactly once, when the response was sent or the connection lost; in reverse order of registration. */
    public void onComplete(Consumer<HttpExchange> listener) {
        completion.add(listener);
    }

    /** Runs the action once, on the loop, if the client goes away before the exchange is complete. */
    public void onDisconnect(Runnable action) {
        completion.onDisconnect(action);
    }

    /** Bytes of the response's body sent so far. */
    public long bytesSent() {
        return undertow.getResponseBytesSent();
    }

    /** Bytes of the request's body read so far. */
    public long bytesReceived() {
        return requestBody.received();
    }

    /** {@link System#nanoTime} when the head was read. */
    public long startNanos() {
        return startNanos;
    }

    /** What went wrong with the connection, or null. */
    public @Nullable Throwable failure() {
        return failure;
    }

    /** Completes the response without blocking; what is not read of the request is dropped. Idempotent. */
    public void end() {
        if (takeEnd() && commit()) {
            completion.finish(responseBody.channel());
        }
    }

    /** True for the one who may end the exchange. */
    boolean takeEnd() {
        return ENDED.compareAndSet(this, false, true);
    }

    /** The trailer fields of the request; complete after the body's end. */
    public Headers requestTrailers() {
        HeaderMap map = undertow.getAttachment(HttpAttachments.REQUEST_TRAILERS);
        return map == null ? new Headers() : copy(map);
    }

    /** Whether trailer fields can be sent: HTTP/2, or HTTP/1.1 with a chunked body. */
    public boolean trailersSupported() {
        return !protocol().equals("HTTP/1.0");
    }

    /** Sends these fields behind the body; asked when the body ends. Before the head is sent only. */
    public void responseTrailers(Supplier<Headers> fields) {
        if (committed) {
            throw new IllegalStateException(
                    "setting trailers of " + this + " after its head was sent (expected: before)");
        }
        trailers = fields;
        undertow.putAttachment(HttpAttachments.RESPONSE_TRAILER_SUPPLIER, () -> toMap(fields.get()));
    }

    /** The connection's loop. */
    public EventLoop loop() {
        return loop;
    }

    /** Notes that application code runs on threads that no loop carries; the gate's business. */
    public void leaveLoop() {
        offLoop = true;
    }

    boolean offLoop() {
        return offLoop;
    }

    /** The id that is echoed as X-Request-Id; empty for none. */
    public String requestId() {
        return requestId;
    }

    /** The client's X-Request-Id field as it was sent, or null. */
    public @Nullable String sentRequestId() {
        return undertow.getRequestHeaders().getFirst(REQUEST_ID);
    }

    /** Sets the id to echo; the gate's business. */
    public void requestId(String id) {
        requestId = id;
    }

    /** The name of the authenticated user, for logs; or null. */
    public @Nullable String user() {
        return user;
    }

    /** Notes the authenticated user. */
    public void user(@Nullable String name) {
        user = name;
    }

    /** Closes the connection once the response is sent; a head that is not sent yet says so. */
    public void closeAfterwards() {
        undertow.setPersistent(false);
    }

    /** Breaks the exchange off, so that the client cannot take what it has for complete. From any thread. */
    public void abort() {
        takeEnd(); // Or else somebody could complete the response before the loop gets to it.
        loop.soon(completion::abort);
    }

    HttpOptions options() {
        return options;
    }

    @Nullable
    RequestGuard guard() {
        return guard;
    }

    HttpServerExchange undertow() {
        return undertow;
    }

    Completion completion() {
        return completion;
    }

    /** Notes what broke the connection, once. */
    void failed(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    void lengthIfUnknown(int length) {
        if (trailers == null
                && !responseHeaders.contains("Content-Length")
                && !responseHeaders.contains("Transfer-Encoding")) {
            responseHeaders.append("Content-Length", Integer.toString(length));
        }
    }

    /** Puts the application's head into place; false if somebody else has answered. */
    boolean commit() {
        if (!claim(Answerer.APPLICATION)) {
            return false;
        }
        if (!committed) {
            committed = true;
            undertow.setStatusCode(status);
            if (reason != null) {
                undertow.setReasonPhrase(reason);
            }
            putHead(responseHeaders);
        }
        return true;
    }

    void putHead(Headers fields) {
        if (guard != null && guard.draining()) {
            undertow.setPersistent(false);
        }
        HeaderMap head = undertow.getResponseHeaders();
        for (int i = 0; i < fields.size(); i++) {
            head.add(HttpString.tryFromString(fields.name(i)), fields.value(i));
        }
        if (!requestId.isEmpty()) {
            head.put(REQUEST_ID, requestId);
        }
        if (!options.serverHeader().isEmpty() && !head.contains(io.undertow.util.Headers.SERVER)) {
            head.put(io.undertow.util.Headers.SERVER, options.serverHeader());
        }
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

    static HeaderMap toMap(Headers headers) {
        HeaderMap map = new HeaderMap();
        headers.forEach((name, value) -> map.add(HttpString.tryFromString(name), value));
        return map;
    }

    @Override
    public String toString() {
        return method() + " " + Tokens.printable(rawPath());
    }
}
