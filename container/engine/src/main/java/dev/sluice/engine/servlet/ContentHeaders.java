package dev.sluice.engine.servlet;

import dev.sluice.engine.header.ContentType;
import dev.sluice.engine.http.Headers;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Content type, character encoding and locale of a response, and the headers that they become (Servlet 6.1, 5.6). An encoding that was set or
 * that came with a content type wins over that of a locale; with {@link #freezeEncoding} it stays. One thread at a time.
 */
final class ContentHeaders {
    private static final String DEFAULT_ENCODING = "ISO-8859-1";
    private static final String TYPE = "Content-Type";
    private static final String LANGUAGE = "Content-Language";

    private final Headers headers;
    private final AppContext app;
    private @Nullable String type;
    private @Nullable String explicitEncoding;
    private @Nullable String localeEncoding;
    private @Nullable Locale locale;
    private boolean frozen;

    ContentHeaders(Headers headers, AppContext app) {
        this.headers = headers;
        this.app = app;
    }

    /** The encoding in effect. */
    String encoding() {
        String known = knownEncoding();
        return known == null ? DEFAULT_ENCODING : known;
    }

    private @Nullable String knownEncoding() {
        if (explicitEncoding != null) {
            return explicitEncoding;
        }
        return localeEncoding != null ? localeEncoding : app.responseEncoding();
    }

    void encoding(@Nullable String name) {
        if (!frozen) {
            explicitEncoding = name;
            if (name == null) {
                // Servlet 6.1, setCharacterEncoding: null takes back every earlier call, that of setLocale too
                localeEncoding = null;
            }
            writeType();
        }
    }

    @Nullable
    String contentType() {
        if (type == null) {
            return null;
        }
        String known = frozen ? encoding() : knownEncoding();
        return known == null || !frozen && !communicated() ? type : type + ";charset=" + known;
    }

    /** A default of the application is only told for text and for what a writer wrote. */
    private boolean communicated() {
        return explicitEncoding != null || localeEncoding != null || type != null && type.startsWith("text/");
    }

    void contentType(@Nullable String value) {
        if (value == null) {
            type = null;
            if (!frozen) {
                // Servlet 6.1, setContentType: null takes back what setCharacterEncoding and setLocale said, too
                explicitEncoding = null;
                localeEncoding = null;
            }
        } else {
            ContentType parsed = ContentType.parse(value);
            type = parsed.type();
            if (parsed.charset() != null && !frozen) {
                explicitEncoding = parsed.charset();
            }
        }
        writeType();
    }

    Locale locale() {
        Locale known = locale;
        return known == null ? Locale.getDefault() : known;
    }

    void locale(@Nullable Locale value) {
        locale = value;
        if (value == null) {
            headers.remove(LANGUAGE);
        } else {
            headers.set(LANGUAGE, value.toLanguageTag());
        }
        if (!frozen) {
            localeEncoding = value == null ? null : app.localeEncodings().find(value);
            writeType();
        }
    }

    /** The writer was made: the encoding is final, and is told to the client. */
    void freezeEncoding() {
        frozen = true;
        writeType();
    }

    /** Everything as at the beginning. */
    void reset() {
        type = null;
        explicitEncoding = null;
        localeEncoding = null;
        locale = null;
        frozen = false;
    }

    /** The encoding may change again, as the writer's content is gone. */
    void thaw() {
        frozen = false;
    }

    private void writeType() {
        String value = contentType();
        if (value == null) {
            headers.remove(TYPE);
        } else {
            headers.set(TYPE, value);
        }
    }
}
