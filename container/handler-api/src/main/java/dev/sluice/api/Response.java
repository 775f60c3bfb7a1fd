package dev.sluice.api;

import java.io.InputStream;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A response: status, headers and body, and for those who need them early hints, trailers and an upgrade. Immutable; a
 * {@code with} method returns another response with the same body, so only the last one may be returned.
 *
 * <p>The server adds {@code Date}, {@code Content-Length} or the framing of the connection, and writes no body to
 * {@code HEAD} nor with the statuses that have none.
 */
public final class Response implements AutoCloseable {
    private static final Headers PLAIN_TEXT = Headers.of("Content-Type", "text/plain;charset=utf-8");
    private static final Headers HTML = Headers.of("Content-Type", "text/html;charset=utf-8");
    private static final Headers JSON = Headers.of("Content-Type", "application/json");
    private static final Headers EVENTS =
            Headers.of("Content-Type", "text/event-stream;charset=utf-8", "Cache-Control", "no-cache");

    private final int status;
    private final Headers headers;
    private final Body body;
    private final Extras extras;

    /** What most responses do not have. */
    private record Extras(
            Headers earlyHints,
            @Nullable Supplier<Headers> trailers,
            @Nullable WebSocketUpgrade upgrade) {
        static final Extras NONE = new Extras(Headers.empty(), null, null);
    }

    private Response(int status, Headers headers, Body body, Extras extras) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.extras = extras;
    }

    /** A response. */
    public static Response of(int status, Headers headers, Body body) {
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(body, "body");
        return new Response(checked(status), headers, body, Extras.NONE);
    }

    /** A response without body. */
    public static Response status(int status) {
        return of(status, Headers.empty(), Body.Empty.INSTANCE);
    }

    /** {@code 200} with plain text in UTF-8. */
    public static Response text(String text) {
        return of(200, PLAIN_TEXT, new Body.Text(text, StandardCharsets.UTF_8));
    }

    /** {@code 200} with HTML in UTF-8. */
    public static Response html(String html) {
        return of(200, HTML, new Body.Text(html, StandardCharsets.UTF_8));
    }

    /** {@code 200} with JSON text. */
    public static Response json(String json) {
        return of(200, JSON, new Body.Text(json, StandardCharsets.UTF_8));
    }

    /** {@code 200} with bytes, which are not copied. */
    public static Response bytes(byte[] bytes, String contentType) {
        return of(200, Headers.of("Content-Type", contentType), new Body.Bytes(bytes));
    }

    /**
     * {@code 200} with a file, its type guessed from its name. The server answers ranges and conditional requests, and sends
     * {@code 404} if the file is not there.
     */
    public static Response file(Path path) {
        String guess = URLConnection.guessContentTypeFromName(String.valueOf(path.getFileName()));
        return of(
                200,
                Headers.of("Content-Type", guess == null ? "application/octet-stream" : guess),
                new Body.File(path));
    }

    /** {@code 200} with all that the stream gives; it is closed with the response. */
    public static Response stream(InputStream stream, String contentType) {
        return of(200, Headers.of("Content-Type", contentType), new Body.Stream(stream, -1));
    }

    /** {@code 200} with a body that {@code writer} writes after the handler returned. */
    public static Response writer(String contentType, BodyWriter writer) {
        return of(200, Headers.of("Content-Type", contentType), new Body.Writer(writer));
    }

    /** {@code 200} with server-sent events. */
    public static Response events(EventSource source) {
        return of(200, EVENTS, new Body.Events(source));
    }

    /**
     * {@code 303 See Other}: the client gets {@code location} next. It is sent as it is, and the client resolves it: {@code "./"} and
     * {@code "cart"} are relative to the path of the request, and {@code "/"} is the root of the server, not of the application. What is
     * relative to the application is {@code request.contextPath() + "/cart"}.
     */
    public static Response redirect(String location) {
        return of(303, Headers.of("Location", location), Body.Empty.INSTANCE);
    }

    /** The upgrade to a WebSocket connection. A client that did not ask for one gets {@code 426}. */
    public static Response webSocket(WebSocketListener listener) {
        return webSocket(new WebSocketUpgrade(listener));
    }

    /** The upgrade to a WebSocket connection. A client that did not ask for one gets {@code 426}. */
    public static Response webSocket(WebSocketUpgrade upgrade) {
        Objects.requireNonNull(upgrade, "upgrade");
        return new Response(101, Headers.empty(), Body.Empty.INSTANCE, new Extras(Headers.empty(), null, upgrade));
    }

    /** The status: 200 to 599, or 101 with an upgrade. */
    public int status() {
        return status;
    }

    /** The fields of the head, except those that the server adds. */
    public Headers headers() {
        return headers;
    }

    /** The first value of the header {@code name}. */
    public Optional<String> header(String name) {
        return headers.first(name);
    }

    /** The body. */
    public Body body() {
        return body;
    }

    /** What a {@code 103} response tells before this response; empty if there is none. */
    public Headers earlyHints() {
        return extras.earlyHints;
    }

    /** What is asked for the trailers after the body was written; empty if there are none. */
    public Optional<Supplier<Headers>> trailers() {
        return Optional.ofNullable(extras.trailers);
    }

    /** The upgrade that this response is. */
    public Optional<WebSocketUpgrade> upgrade() {
        return Optional.ofNullable(extras.upgrade);
    }

    /** This response with another status. */
    public Response withStatus(int newStatus) {
        return new Response(checked(newStatus), headers, body, extras);
    }

    /** This response with {@code value} as the only value of the header {@code name}. */
    public Response withHeader(String name, String value) {
        return withHeaders(headers.with(name, value));
    }

    /** This response with one more header, for those that may come more than once, such as {@code Set-Cookie}. */
    public Response plusHeader(String name, String value) {
        return withHeaders(headers.plus(name, value));
    }

    /** This response with other headers. */
    public Response withHeaders(Headers newHeaders) {
        return new Response(status, Objects.requireNonNull(newHeaders, "newHeaders"), body, extras);
    }

    /** This response with another body. The caller closes the old one, unless the new one closes it. */
    public Response withBody(Body newBody) {
        return new Response(status, headers, Objects.requireNonNull(newBody, "newBody"), extras);
    }

    /** This response, announced by a {@code 103} response with these headers. */
    public Response withEarlyHints(Headers hints) {
        Objects.requireNonNull(hints, "hints");
        return new Response(status, headers, body, new Extras(hints, extras.trailers, extras.upgrade));
    }

    /**
     * This response with trailers, which are asked for when the body was written. If {@code trailers} throws, none are sent, and
     * a warning is logged.
     */
    public Response withTrailers(Supplier<Headers> trailers) {
        Objects.requireNonNull(trailers, "trailers");
        return new Response(status, headers, body, new Extras(extras.earlyHints, trailers, extras.upgrade));
    }

    /** Closes the body. Only for code that does not pass the response on: otherwise the server does it. */
    @Override
    public void close() throws Exception {
        body.close();
    }

    /** Status, headers and kind of body, for logs. */
    @Override
    public String toString() {
        return "Response[" + status + " " + headers + " " + body.getClass().getSimpleName() + "]";
    }

    private static int checked(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
        }
        return status;
    }
}
