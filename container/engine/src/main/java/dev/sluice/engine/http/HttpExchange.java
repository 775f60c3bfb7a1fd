package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.Tokens;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
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
    private static final int SWITCHING_PROTOCOLS = 101;
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

    private final HttpStream stream;
    private final HttpOptions options;
    private final EventLoop loop;
    private final Completion completion;
    private final RequestPath path;
    private final Headers responseHeaders = new Headers();
    private final RequestBody requestBody;
    private final ResponseBody responseBody;
    private final long startNanos = System.nanoTime();

    private @Nullable Headers requestHeaders;
    private final Forwarding forwarding;
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
    private volatile boolean beyondLimit;
    private volatile @Nullable Throwable failure;

    @SuppressWarnings("unused") // through ANSWERER
    private volatile @Nullable Answerer answerer;

    @SuppressWarnings("unused") // through ENDED
    private volatile boolean ended;

    HttpExchange(HttpStream stream, HttpOptions options, EventLoop loop, RequestPath path) {
        this.stream = stream;
        this.loop = loop;
        this.options = options;
        this.path = path;
        this.forwarding = options.proxies().read(stream.remoteAddress().getAddress(), name -> requestHeaders()
                .all(name));
        this.requestBody = new RequestBody(this, stream);
        this.responseBody = new ResponseBody(this, stream);
        this.completion = new Completion(this);
        stream.begin(this);
    }

    /** The method as sent. */
    public String method() {
        return stream.method();
    }

    /** {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2.0}. */
    public String protocol() {
        return stream.protocol();
    }

    /** Whether a trusted proxy stands between the client and us, and has told of the client's scheme or host. */
    public boolean proxied() {
        return forwarding.scheme() != null || forwarding.host() != null;
    }

    /** What a trusted proxy has cut off the client's path: empty, or a path without a slash at its end. */
    public String prefix() {
        return forwarding.prefix();
    }

    /** {@code http} or {@code https}, on the client's side of a trusted proxy. */
    public String scheme() {
        String told = forwarding.scheme();
        return told == null ? stream.scheme() : told;
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
        String query = stream.query();
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
            headers = stream.requestHeaders();
            requestHeaders = headers;
        }
        return headers;
    }

    /** The first value of a request header field, without copying all of them. */
    public @Nullable String requestHeader(String name) {
        Headers headers = requestHeaders;
        return headers == null ? stream.requestHeader(name) : headers.first(name);
    }

    /** Where the client says that it comes from, or null; for logs. */
    public @Nullable String referrer() {
        return requestHeader("Referer");
    }

    /** What the client says that it is, or null; for logs. */
    public @Nullable String userAgent() {
        return requestHeader("User-Agent");
    }

    /** The response's header fields; changes after the head was sent have no effect. */
    public Headers responseHeaders() {
        return responseHeaders;
    }

    /** The host that the client asked for, without port and brackets' content unchanged; our own address if it did not say. */
    public String hostName() {
        String name = hostName;
        if (name == null) {
            String told = forwarding.host();
            name = told == null ? stream.hostName() : told;
            hostName = name;
        }
        return name;
    }

    /** Whether the client has said which host it asks for. */
    public boolean hostKnown() {
        if (forwarding.host() != null) {
            return true;
        }
        return !hostField().isEmpty();
    }

    private String hostField() {
        String host = requestHeader("Host");
        return host == null ? "" : host;
    }

    /** The port that the client asked for, or the scheme's default. */
    public int hostPort() {
        if (forwarding.port() > 0) {
            return forwarding.port();
        }
        if (!proxied()) {
            return stream.hostPort();
        }
        String host = forwarding.host() == null ? hostField() : "";
        int colon = host.indexOf(':', host.lastIndexOf(']') + 1);
        return colon >= 0 ? stream.hostPort() : secure() ? 443 : 80;
    }

    /** The other end of the connection, or what a trusted proxy has forwarded. */
    public InetSocketAddress remoteAddress() {
        InetSocketAddress told = forwarding.client();
        return told == null ? stream.remoteAddress() : told;
    }

    /** Our end of the connection. */
    public InetSocketAddress localAddress() {
        return stream.localAddress();
    }

    /** The connection. */
    public Connection connection() {
        return stream.connection();
    }

    /** The stream id on HTTP/2, otherwise empty (Servlet 6.1, {@code getProtocolRequestId}). */
    public String protocolRequestId() {
        return stream.id();
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
        completion.send(answer);
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
        if (hints.size() == 0) {
            return;
        }
        synchronized (completion) {
            if (!committed && (answerer == null || answerer == Answerer.APPLICATION)) {
                stream.earlyHints(hints, options.writeTimeout().toNanos());
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
        stream.upgrade(taker);
        status = SWITCHING_PROTOCOLS;
        responseHeaders.remove("Connection"); // The stream sets it.
        responseBody.end();
    }

    /** Whether {@link #push} can do anything. */
    public boolean pushable() {
        return stream.pushable();
    }

    /** Promises and sends a further response (HTTP/2); false if the client does not want it. */
    public boolean push(String method, String target, Headers headers) {
        return pushable() && stream.push(method, target, headers);
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
        return stream.bytesSent();
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
        try {
            if (takeEnd() && commit()) {
                completion.finish();
            }
        } catch (RuntimeException | Error e) {
            completion.broken(e);
        }
    }

    /** True for the one who may end the exchange. */
    boolean takeEnd() {
        return ENDED.compareAndSet(this, false, true);
    }

    /** The trailer fields of the request; complete after the body's end. */
    public Headers requestTrailers() {
        return stream.requestTrailers();
    }

    /** Whether trailer fields can be sent: HTTP/2, or HTTP/1.1 with a chunked body. */
    public boolean trailersSupported() {
        return !protocol().equals("HTTP/1.0");
    }

    /**
     * Sends these fields behind the body, without those that may not stand there (RFC 9110, 6.5.1); asked when the body ends. Before the head is
     * sent only.
     */
    public void responseTrailers(Supplier<Headers> fields) {
        if (committed) {
            throw new IllegalStateException(
                    "setting trailers of " + this + " after its head was sent (expected: before)");
        }
        Supplier<Headers> allowed = () -> TrailerNames.allowed(fields.get());
        trailers = allowed;
        stream.trailers(allowed);
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
        return stream.requestHeader(RequestIds.NAME);
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
        stream.closeAfterwards();
    }

    /** Breaks the exchange off, so that the client cannot take what it has for complete. From any thread. */
    public void abort() {
        takeEnd(); // Or else somebody could complete the response before the loop gets to it.
        completion.abort();
    }

    HttpOptions options() {
        return options;
    }

    HttpStream stream() {
        return stream;
    }

    Completion completion() {
        return completion;
    }

    /**
     * The request has brought more than a limit allows, of its body or of what is read from it, or its body too slowly. Any thread; once counts as
     * often.
     */
    public void beyondLimit() {
        beyondLimit = true;
    }

    /** Whether {@link #beyondLimit} was called. */
    public boolean isBeyondLimit() {
        return beyondLimit;
    }

    /** Notes what broke the connection, once. */
    void failed(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** What those get who wait for a client that is gone; whatever comes of it is the client's doing. */
    IOException lost() {
        IOException closed = new ClosedChannelException();
        failed(closed);
        return closed;
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
            stream.head(status, reason, responseHeaders);
        }
        return true;
    }

    @Override
    public String toString() {
        return method() + " " + Tokens.printable(path.shown());
    }
}
