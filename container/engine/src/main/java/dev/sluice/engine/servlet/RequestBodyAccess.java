package dev.sluice.engine.servlet;

import dev.sluice.engine.header.ContentType;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.stream.ByteSource;
import dev.sluice.engine.stream.CallbackLane;
import dev.sluice.engine.stream.RequestInput;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The body of a request: either as a stream or as a reader, and its character encoding (Servlet 6.1, 3.12). One thread at a time. */
final class RequestBodyAccess {
    private final HttpExchange exchange;
    private final CallbackLane lane;
    private final @Nullable String contextEncoding;
    private @Nullable RequestInput stream;
    private boolean streamUsed;
    private @Nullable BufferedReader reader;
    private @Nullable String encoding;
    private boolean headerRead;
    private int replayed = -1;

    /**
     * The body of an exchange.
     *
     * @param contextEncoding the application's default, or null
     */
    RequestBodyAccess(HttpExchange exchange, CallbackLane lane, @Nullable String contextEncoding) {
        this.exchange = exchange;
        this.lane = lane;
        this.contextEncoding = contextEncoding;
    }

    /** True if the application has taken the body. */
    boolean used() {
        return streamUsed || reader != null;
    }

    /** The stream, for the container's own use. */
    RequestInput raw() {
        RequestInput input = stream;
        if (input == null) {
            input = new RequestInput(ByteSource.of(exchange.requestBody()), lane);
            stream = input;
        }
        return input;
    }

    /** Another body takes the place of the one that was sent; nothing of that one was read. */
    void replay(byte[] content) {
        replayed = content.length;
        stream = new RequestInput(ByteSource.of(content), lane);
        streamUsed = false;
        reader = null;
        encoding = null;
        headerRead = false;
    }

    /** The announced length of the body in bytes; -1 if none was announced. */
    long length() {
        if (replayed >= 0) {
            return replayed == 0 ? -1 : replayed;
        }
        return exchange.requestHeader("Content-Length") != null
                ? exchange.requestBody().contentLength()
                : -1;
    }

    /** The stream if it was made. */
    @Nullable
    RequestInput made() {
        return stream;
    }

    RequestInput stream() {
        if (reader != null) {
            throw new IllegalStateException(
                    "getInputStream() after getReader() (expected: one of the two for a request)");
        }
        streamUsed = true;
        return raw();
    }

    BufferedReader reader() throws UnsupportedEncodingException {
        if (streamUsed) {
            throw new IllegalStateException(
                    "getReader() after getInputStream() (expected: one of the two for a request)");
        }
        BufferedReader made = reader;
        if (made == null) {
            String name = encoding();
            Charset charset = name == null ? StandardCharsets.ISO_8859_1 : charset(name);
            made = new BufferedReader(new InputStreamReader(raw(), charset));
            reader = made;
        }
        return made;
    }

    /** The declared encoding, or that of the application, or null. */
    @Nullable
    String encoding() {
        if (encoding == null && !headerRead) {
            headerRead = true;
            String header = exchange.requestHeader("Content-Type");
            encoding = header == null ? null : ContentType.parse(header).charset();
        }
        return encoding != null ? encoding : contextEncoding;
    }

    void encoding(String name, boolean parametersRead) throws UnsupportedEncodingException {
        // Servlet 6.1, setCharacterEncoding: without effect once parameters or the reader were asked for
        if (!parametersRead && reader == null) {
            charset(name);
            encoding = name;
            headerRead = true;
        }
    }

    /** The charset in effect. */
    Charset charsetOr(Charset fallback) {
        String name = encoding();
        try {
            return name == null ? fallback : charset(name);
        } catch (UnsupportedEncodingException unknown) {
            return fallback;
        }
    }

    private static Charset charset(String name) throws UnsupportedEncodingException {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException unknown) {
            UnsupportedEncodingException failure = new UnsupportedEncodingException("The character encoding \"" + name
                    + "\" is not known (expected: a charset of this Java, as UTF-8)");
            failure.initCause(unknown);
            throw failure;
        }
    }
}
