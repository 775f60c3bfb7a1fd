package dev.sluice.api.testing;

import dev.sluice.api.Headers;
import dev.sluice.api.Request;
import dev.sluice.api.RequestBody;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.OptionalLong;

/** A request that no socket brought. */
record InMemoryRequest(
        String method,
        String path,
        String contextPath,
        Map<String, String> pathParameters,
        String rawQuery,
        Headers headers,
        RequestBody body,
        Headers trailers,
        String scheme)
        implements Request {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    @Override
    public String authority() {
        return header("Host").orElse("");
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return LOOPBACK;
    }

    /** A body that a test gave. */
    record InMemoryBody(InputStream stream, OptionalLong length, Charset charset) implements RequestBody {}
}
