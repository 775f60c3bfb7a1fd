package dev.sluice.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.OptionalLong;

/** The body of a request. It is read from the socket only as fast as the application reads it here, and only once. */
public interface RequestBody {
    /** The limit of {@link #bytes()} and {@link #text()}: 1 MiB. */
    int DEFAULT_LIMIT = 1 << 20;

    /**
     * The bytes as they come; the same stream every time. Reads block until there is something. A read throws an
     * {@link IOException} when the client goes away, and a {@link StatusException} with 413 when the body is longer than the
     * server's limit. Needs no closing.
     */
    InputStream stream();

    /** The length that the client announced; empty if it did not. */
    OptionalLong length();

    /** The charset of the content type, or UTF-8. */
    Charset charset();

    /** All bytes, at most {@link #DEFAULT_LIMIT}. */
    default byte[] bytes() throws IOException {
        return bytes(DEFAULT_LIMIT);
    }

    /**
     * All bytes.
     *
     * @throws StatusException with 413 if there are more than {@code limit}
     */
    default byte[] bytes(int limit) throws IOException {
        if (limit < 0 || limit == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 0 to " + (Integer.MAX_VALUE - 1) + ")");
        }
        byte[] bytes = length().orElse(0) > limit ? null : stream().readNBytes(limit + 1);
        if (bytes == null || bytes.length > limit) {
            throw new StatusException(413, "The request body is longer than " + limit + " bytes.");
        }
        return bytes;
    }

    /** The body as text in its {@link #charset()}, at most {@link #DEFAULT_LIMIT} bytes. */
    default String text() throws IOException {
        return text(DEFAULT_LIMIT);
    }

    /**
     * The body as text in its {@link #charset()}.
     *
     * @throws StatusException with 413 if it has more than {@code limit} bytes
     */
    default String text(int limit) throws IOException {
        return new String(bytes(limit), charset());
    }

    /**
     * The charset that the value of a {@code Content-Type} header names, or UTF-8 if it names none.
     *
     * @throws StatusException with 415 if it names one that is not known here
     */
    static Charset charsetOf(String contentType) {
        int at = contentType.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (at < 0) {
            return StandardCharsets.UTF_8;
        }
        String name = contentType.substring(at + "charset=".length());
        int end = name.indexOf(';');
        name = (end < 0 ? name : name.substring(0, end)).strip();
        if (name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")) {
            name = name.substring(1, name.length() - 1);
        }
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new StatusException(415, "The charset " + Tokens.printable(name) + " is not supported.", e);
        }
    }
}
