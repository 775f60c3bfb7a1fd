package dev.sluice.engine.handler;

import dev.sluice.api.Headers;
import dev.sluice.api.Request;
import dev.sluice.api.RequestBody;
import dev.sluice.engine.http.HttpExchange;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request as the application sees it, read from the exchange when it is asked for. */
public final class CallRequest implements Request {
    private final HttpExchange exchange;
    private final String contextPath;
    private final String path;
    private final Map<String, String> pathParameters;
    private @Nullable Headers headers;
    private @Nullable CallBody body;

    CallRequest(HttpExchange exchange, String contextPath, String path, Map<String, String> pathParameters) {
        this.exchange = exchange;
        this.contextPath = contextPath;
        this.path = path;
        this.pathParameters = pathParameters;
    }

    @Override
    public String method() {
        return exchange.method();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String contextPath() {
        return contextPath;
    }

    @Override
    public Map<String, String> pathParameters() {
        return pathParameters;
    }

    @Override
    public String rawQuery() {
        String query = exchange.queryString();
        return query == null ? "" : query;
    }

    @Override
    public Headers headers() {
        Headers known = headers;
        if (known == null) {
            known = HeaderFields.toApi(exchange.requestHeaders());
            headers = known;
        }
        return known;
    }

    @Override
    public Optional<String> header(String name) {
        String value = exchange.requestHeaders().first(name);
        return value == null ? Optional.empty() : Optional.of(value.strip());
    }

    @Override
    public RequestBody body() {
        CallBody known = body;
        if (known == null) {
            known = new CallBody(exchange);
            body = known;
        }
        return known;
    }

    /** The application has returned: what is left of the body cannot be read any more. */
    void over() {
        if (body != null) {
            body.over();
        }
    }

    @Override
    public Headers trailers() {
        return exchange.requestBody().finished() ? HeaderFields.toApi(exchange.requestTrailers()) : Headers.empty();
    }

    @Override
    public String scheme() {
        return exchange.scheme();
    }

    @Override
    public String authority() {
        if (exchange.proxied()) {
            boolean usual = exchange.hostPort() == (exchange.secure() ? 443 : 80);
            return usual ? exchange.hostName() : exchange.hostName() + ":" + exchange.hostPort();
        }
        String host = exchange.requestHeaders().first("Host");
        return host == null ? "" : host.strip();
    }

    @Override
    public String protocol() {
        return exchange.protocol();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return exchange.remoteAddress();
    }

    @Override
    public String toString() {
        return exchange.toString();
    }
}
