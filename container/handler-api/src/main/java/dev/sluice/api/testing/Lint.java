package dev.sluice.api.testing;

import dev.sluice.api.Body;
import dev.sluice.api.Handler;
import dev.sluice.api.HandlerContext;
import dev.sluice.api.Headers;
import dev.sluice.api.Middleware;
import dev.sluice.api.Request;
import dev.sluice.api.Response;
import java.io.InputStream;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Checks both sides of the handler contract in tests: what the server hands to a handler, and what the handler returns.
 * A violation that is seen while the handler runs is thrown as a {@link LintViolation}; those that show later are thrown by
 * {@link #verify()}, which belongs at the end of the test.
 *
 * <pre>{@code
 * Lint lint = new Lint();
 * Handler checked = lint.wrap(handler);     // or setup.use(lint::wrap)
 * ...
 * lint.verify();
 * }</pre>
 *
 * <p>May be used by several threads. {@link InMemory} does all of this by itself.
 */
public final class Lint {
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");
    private static final Set<String> NO_TRAILERS = Set.of(
            "authorization",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "host",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding");

    private final ConcurrentLinkedQueue<LintedBody> bodies = new ConcurrentLinkedQueue<>();
    private final Set<InputStream> streams =
            Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

    /** Returns {@code handler} with its requests and responses checked. */
    public Handler wrap(Handler handler) {
        Objects.requireNonNull(handler, "handler");
        Handler checked = (request, context) -> {
            checkRequest(request, context);
            if (handler.blocking()) {
                return checkResponse(request, handler.handle(request, context));
            }
            NonBlockingRequest guarded = new NonBlockingRequest(request);
            Response response = handler.handle(guarded, context);
            guarded.returned();
            return checkResponse(request, response);
        };
        return handler.blocking() ? checked : Handler.nonBlocking(checked);
    }

    Middleware middleware() {
        return Middleware.nonBlocking(this::wrap);
    }

    /** Throws a {@link LintViolation} unless all bodies of all responses so far were closed exactly once, and not used wrongly. */
    public void verify() {
        for (LintedBody body : bodies) {
            body.verify();
        }
    }

    private static void checkRequest(Request request, HandlerContext context) {
        server(isToken(request.method()), "method", request.method(), "a token");
        server(request.path().startsWith("/"), "path", request.path(), "a slash at the start");
        server(hasNoDots(request.path()), "path", request.path(), "no dot segments");
        server(request.path().indexOf(0) < 0, "path", request.path(), "no NUL");
        server(
                request.contextPath().isEmpty()
                        || request.contextPath().startsWith("/")
                                && !request.contextPath().endsWith("/"),
                "context path",
                request.contextPath(),
                "empty, or a slash at the start and none at the end");
        server(!request.rawQuery().startsWith("?"), "query", request.rawQuery(), "no question mark");
        server(Set.of("http", "https").contains(request.scheme()), "scheme", request.scheme(), "http or https");
        server(request.protocol().startsWith("HTTP/"), "protocol", request.protocol(), "HTTP/ and a version");
        long length = request.body().length().orElse(0);
        server(length >= 0, "length of the body", String.valueOf(length), "0 or more");
        String id = context.requestId();
        boolean printable = id.length() <= 64 && !id.isEmpty() && id.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
        server(printable, "request id", id, "1 to 64 printable ASCII characters");
    }

    private Response checkResponse(Request request, @Nullable Response response) {
        if (response == null) {
            throw new LintViolation("handler: response is null (expected: a response)");
        }
        for (String name : response.headers().names()) {
            handler(
                    !OF_THE_CONNECTION.contains(name),
                    response,
                    "header " + name,
                    "none that the server sets for the connection");
        }
        Body body = response.body();
        boolean empty = body instanceof Body.Empty;
        boolean bodiless = response.status() == 204 || response.status() == 304 || response.status() == 101;
        handler(empty || !bodiless, response, "body", "none with this status");
        handler(
                empty || response.headers().contains("Content-Type"),
                response,
                "no Content-Type",
                "one, because there is a body");
        checkLength(response);
        if (response.upgrade().isPresent()) {
            handler(request.method().equals("GET"), response, "upgrade of " + request.method(), "only of GET");
        }
        Response checked = response;
        if (response.trailers().isPresent()) {
            checked = checked.withTrailers(() -> checkTrailers(response));
        }
        if (empty || body instanceof Body.Bytes || body instanceof Body.Text || body instanceof Body.File) {
            return checked;
        }
        if (body instanceof Body.Stream stream) {
            handler(
                    streams.add(stream.content()),
                    response,
                    "a stream that was returned before",
                    "a new one each time");
        }
        LintedBody linted = new LintedBody(request.method() + " " + request.path(), body);
        bodies.add(linted);
        return checked.withBody(linted.body());
    }

    private static void checkLength(Response response) {
        String given = response.header("Content-Length").orElse(null);
        long length = response.body().length();
        if (given != null && length > 0) {
            handler(
                    given.equals(Long.toString(length)),
                    response,
                    "Content-Length " + given,
                    "the length of the body, " + length + ", or none");
        }
        handler(response.headers().all("Content-Length").size() < 2, response, "Content-Length twice", "once at most");
    }

    private static Headers checkTrailers(Response response) {
        Headers trailers = response.trailers().orElseThrow().get();
        if (trailers == null) {
            throw new LintViolation("handler: trailers are null (expected: headers, possibly empty)");
        }
        for (String name : trailers.names()) {
            handler(!NO_TRAILERS.contains(name), response, "trailer " + name, "a field that may be a trailer");
        }
        return trailers;
    }

    private static boolean isToken(String method) {
        return !method.isEmpty()
                && method.chars().allMatch(c -> c > ' ' && c < 0x7F && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0);
    }

    private static boolean hasNoDots(String path) {
        for (String segment : path.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return false;
            }
        }
        return true;
    }

    private static void server(boolean good, String what, String value, String expected) {
        if (!good) {
            throw new LintViolation("server: " + what + ": '" + value + "' (expected: " + expected + ")");
        }
    }

    private static void handler(boolean good, Response response, String what, String expected) {
        if (!good) {
            throw new LintViolation("handler: " + response + ": " + what + " (expected: " + expected + ")");
        }
    }
}
