package dev.sluice.api.testing;

import dev.sluice.api.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client got from an {@link InMemory} call.
 *
 * @param status the status
 * @param headers the headers, with the {@code Content-Length} and {@code X-Request-Id} that a server adds
 * @param bytes the body
 * @param trailers the trailers
 * @param earlyHints what came before the response, in order
 * @param thrown what the application threw, or null; a client never sees it
 */
public record Answer(
        int status,
        Headers headers,
        byte[] bytes,
        Headers trailers,
        List<Headers> earlyHints,
        @Nullable Throwable thrown) {
    /** The body as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.first(name);
    }

    /** What the application threw. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(thrown);
    }
}
