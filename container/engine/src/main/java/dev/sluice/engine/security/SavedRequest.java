package dev.sluice.engine.security;

import dev.sluice.engine.header.LocationPath;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request that waits in the session until its user has logged in.
 *
 * @param uri the request URI, undecoded, without the query, with one slash at its beginning
 * @param contentType of the body, or null
 * @param body not copied, not to be changed; empty where there was none
 */
public record SavedRequest(
        String method,
        String uri,
        @Nullable String query,
        @Nullable String contentType,
        byte[] body) implements Serializable {
    private static final long serialVersionUID = 1L;

    public SavedRequest {
        uri = LocationPath.of(uri);
    }

    /** Bytes that it holds, more or less. */
    long size() {
        return 256L + body.length + 2L * (target().length() + (contentType == null ? 0 : contentType.length()));
    }

    /** Where the client is sent to after the login. */
    public String target() {
        return query == null ? uri : uri + "?" + query;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SavedRequest that
                && method.equals(that.method)
                && target().equals(that.target())
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return target().hashCode();
    }

    @Override
    public String toString() {
        return method + " " + uri + " (" + body.length + " bytes)";
    }
}
