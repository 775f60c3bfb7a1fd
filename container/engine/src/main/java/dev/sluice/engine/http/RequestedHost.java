package dev.sluice.engine.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;

/** Which host a request of HTTP/1 is for, put where everything behind the parser looks for it: into its Host field. */
final class RequestedHost {
    private RequestedHost() {}

    /** Before anything else looks at the request; on the loop. */
    static void set(HttpServerExchange undertow, RequestGuard guard) {
        String masked = guard.takeMaskedAuthority();
        if (masked != null) {
            unmask(undertow, masked);
        }
        // RFC 9112, 3.2.2: the authority of an absolute target is the host; the scanner has refused one that
        // contradicts Host.
        if (undertow.isHostIncludedInRequestURI()
                && !undertow.getRequestHeaders().contains(Headers.HOST)) {
            String uri = undertow.getRequestURI();
            undertow.getRequestHeaders().put(Headers.HOST, uri.substring(authority(uri), authorityEnd(uri)));
        }
    }

    /** See {@link AddressMask}. */
    private static void unmask(HttpServerExchange undertow, String authority) {
        if (undertow.isHostIncludedInRequestURI()) {
            String uri = undertow.getRequestURI();
            undertow.setRequestURI(
                    uri.substring(0, authority(uri)) + authority + uri.substring(authorityEnd(uri)), true);
        }
        HeaderMap headers = undertow.getRequestHeaders();
        if (headers.contains(Headers.HOST)) {
            headers.put(Headers.HOST, authority);
        }
    }

    private static int authority(String uri) {
        return uri.indexOf("://") + 3;
    }

    private static int authorityEnd(String uri) {
        int slash = uri.indexOf('/', authority(uri));
        return slash < 0 ? uri.length() : slash;
    }
}
