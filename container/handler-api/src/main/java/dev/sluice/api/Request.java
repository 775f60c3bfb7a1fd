package dev.sluice.api;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * A request as the handler sees it. Everything but the body is complete and does not change; the body comes as the client
 * sends it and can be read once.
 *
 * <p>It is used by the thread of the request and is over when the response is: reading the body after that fails.
 */
public interface Request {
    /** The method, such as {@code GET}. */
    String method();

    /** The path within the application: decoded, without {@code .} and {@code ..}, always starting with a slash. */
    String path();

    /** The path at which the application is mounted: empty for the root. */
    String contextPath();

    /** The parameters that the pattern of the route took from the path, in their order. */
    Map<String, String> pathParameters();

    /**
     * The path parameter {@code name}.
     *
     * @throws IllegalArgumentException if the pattern of the route has no such parameter
     */
    default String parameter(String name) {
        String value = pathParameters().get(name);
        if (value == null) {
            throw new IllegalArgumentException("path parameter: " + name + " (expected: one of the route's pattern, "
                    + pathParameters().keySet() + ")");
        }
        return value;
    }

    /** The query as it was sent, without the question mark; empty if there is none. */
    String rawQuery();

    /**
     * The parameters of the query.
     *
     * @throws StatusException with 400 if it is not properly encoded
     */
    default Parameters query() {
        return Parameters.parse(rawQuery());
    }

    /** The fields of the head. */
    Headers headers();

    /** The first value of the header {@code name}. */
    default Optional<String> header(String name) {
        return headers().first(name);
    }

    /** The cookies by name; of several with one name the first. What is malformed is left out. */
    default Map<String, String> cookies() {
        return Cookies.parse(headers().all("Cookie"));
    }

    /** The body; empty if the request has none. */
    RequestBody body();

    /**
     * The parameters of a body of type {@code application/x-www-form-urlencoded}, which is read for it.
     *
     * @throws StatusException with 415 if the body has another type, 413 if it is longer than
     *     {@link RequestBody#DEFAULT_LIMIT}, 400 if it is not properly encoded
     */
    default Parameters form() throws java.io.IOException {
        return Parameters.ofForm(this);
    }

    /** The trailers, once the body was read to its end; empty before that and if there are none. */
    Headers trailers();

    /** {@code http} or {@code https}, as the client sees it. */
    String scheme();

    /** Host and port as the client sees them; empty if an HTTP/1.0 client sent none. */
    String authority();

    /** The protocol, such as {@code HTTP/1.1} or {@code HTTP/2.0}. */
    String protocol();

    /** Where the request came from. */
    InetSocketAddress remoteAddress();
}
