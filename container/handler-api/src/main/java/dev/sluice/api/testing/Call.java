package dev.sluice.api.testing;

import dev.sluice.api.Headers;
import dev.sluice.api.RequestBody;
import dev.sluice.api.Response;
import dev.sluice.api.WebSocketUpgrade;
import dev.sluice.api.routing.Match;
import dev.sluice.api.routing.Router;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A call that is being prepared; {@link #send()} makes it, once. */
public final class Call {
    private final Router router;
    private final Lint lint;
    private final String contextPath;
    private final String method;
    private final URI target;
    private final Headers.Builder headers = Headers.builder();
    private String scheme = "http";
    private String requestId = UUID.randomUUID().toString();
    private InputStream body = InputStream.nullInputStream();
    private OptionalLong length = OptionalLong.of(0);
    private Headers trailers = Headers.empty();
    private @Nullable Instant deadline;
    private @Nullable Principal principal;
    private long abortAfter = Long.MAX_VALUE;

    Call(Router router, Lint lint, String contextPath, String method, String target) {
        this.router = router;
        this.lint = lint;
        this.contextPath = contextPath;
        this.method = Objects.requireNonNull(method, "method");
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("target: " + target + " (expected: a slash at the start)");
        }
        this.target = URI.create(target).normalize();
    }

    /** Adds a header. */
    public Call header(String name, String value) {
        headers.add(name, value);
        return this;
    }

    /** Sends text in UTF-8. */
    public Call body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes. */
    public Call body(byte[] bytes) {
        body = new ByteArrayInputStream(bytes);
        length = OptionalLong.of(bytes.length);
        return this;
    }

    /** Sends what the stream gives, without an announced length. */
    public Call body(InputStream stream) {
        body = Objects.requireNonNull(stream, "stream");
        length = OptionalLong.empty();
        return this;
    }

    /** Sends trailers after the body. */
    public Call trailers(Headers after) {
        trailers = Objects.requireNonNull(after, "after");
        return this;
    }

    /** Sends the request over {@code https}. */
    public Call secure() {
        scheme = "https";
        return this;
    }

    /** Gives the request an id. */
    public Call requestId(String id) {
        requestId = Objects.requireNonNull(id, "id");
        return this;
    }

    /** Sets the time that {@link dev.sluice.api.HandlerContext#deadline()} reports. */
    public Call deadline(Instant time) {
        deadline = time;
        return this;
    }

    /** Sends the request as somebody. */
    public Call principal(Principal user) {
        principal = user;
        return this;
    }

    /** The client goes away after so many bytes of the response: the request is cancelled and the next write fails. */
    public Call abortAfter(long bytes) {
        abortAfter = bytes;
        return this;
    }

    /**
     * Makes the call and waits for the whole answer.
     *
     * @throws LintViolation if server or handler broke the contract
     */
    public Answer send() {
        InMemoryContext context = new InMemoryContext(requestId, deadline, principal);
        InMemoryExchange exchange = new InMemoryExchange(method, context, abortAfter);
        String path = target.getPath();
        Response fixed = router.fixed(method, path).orElse(null);
        return fixed != null ? exchange.answer(fixed) : exchange.run(router.find(method, path), this::request);
    }

    /**
     * Makes the call as a WebSocket handshake.
     *
     * @throws IllegalStateException if the application does not upgrade it
     */
    public InMemoryWebSocket openWebSocket() {
        headers.set("Connection", "Upgrade").set("Upgrade", "websocket");
        InMemoryContext context = new InMemoryContext(requestId, deadline, principal);
        InMemoryExchange exchange = new InMemoryExchange(method, context, abortAfter);
        Answer answer = exchange.run(router.find(method, target.getPath()), this::request);
        WebSocketUpgrade upgrade = exchange.upgrade();
        if (upgrade == null) {
            throw new IllegalStateException(
                    "GET " + target + " was answered with " + answer.status() + " (expected: an upgrade to WebSocket)");
        }
        return InMemoryWebSocket.open(upgrade, context, answer);
    }

    private InMemoryRequest request(Match match) {
        if (!headers.build().contains("Host")) {
            headers.add("Host", "localhost");
        }
        Headers complete = headers.build();
        String query = target.getRawQuery();
        return new InMemoryRequest(
                method,
                target.getPath(),
                contextPath,
                match.parameters(),
                query == null ? "" : query,
                complete,
                new InMemoryRequest.InMemoryBody(
                        body,
                        length,
                        RequestBody.charsetOf(complete.first("Content-Type").orElse(""))),
                trailers,
                scheme);
    }
}
