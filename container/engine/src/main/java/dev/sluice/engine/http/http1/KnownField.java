package dev.sluice.engine.http.http1;

import dev.sluice.engine.http.grammar.HeadFields;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Fields that clients send again and again: their names are never made anew, and a head says at once which of them it has. */
public enum KnownField {
    HOST,
    CONTENT_LENGTH,
    TRANSFER_ENCODING,
    EXPECT,
    UPGRADE,
    CONNECTION,
    X_REQUEST_ID,
    REFERER,
    USER_AGENT,
    RANGE,
    FORWARDED,
    IF_MATCH,
    IF_NONE_MATCH,
    IF_MODIFIED_SINCE,
    IF_UNMODIFIED_SINCE,
    IF_RANGE,
    X_FORWARDED_FOR,
    X_FORWARDED_HOST,
    X_FORWARDED_PORT,
    X_FORWARDED_PROTO,
    X_FORWARDED_PREFIX,
    ACCEPT,
    ACCEPT_CHARSET,
    ACCEPT_ENCODING,
    ACCEPT_LANGUAGE,
    AUTHORIZATION,
    CACHE_CONTROL,
    CONTENT_ENCODING,
    CONTENT_TYPE,
    COOKIE,
    DATE,
    DNT,
    HTTP2_SETTINGS,
    KEEP_ALIVE,
    ORIGIN,
    PRAGMA,
    PRIORITY,
    SEC_CH_UA,
    SEC_CH_UA_MOBILE,
    SEC_CH_UA_PLATFORM,
    SEC_FETCH_DEST,
    SEC_FETCH_MODE,
    SEC_FETCH_SITE,
    SEC_FETCH_USER,
    SEC_WEBSOCKET_EXTENSIONS,
    SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_PROTOCOL,
    SEC_WEBSOCKET_VERSION,
    TE,
    TRACEPARENT,
    TRACESTATE,
    TRAILER,
    UPGRADE_INSECURE_REQUESTS,
    VIA,
    X_REQUESTED_WITH;

    private static final @Nullable KnownField[] SLOTS = new KnownField[256];

    static {
        for (KnownField field : values()) {
            int at = slot(hash(field.lowerCase));
            while (SLOTS[at] != null) {
                at = at + 1 & SLOTS.length - 1;
            }
            SLOTS[at] = field;
        }
    }

    private final String lowerCase = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String usual = usual(lowerCase);
    private final boolean frames = HeadFields.matters(lowerCase);

    /** Each word with a capital letter, as most clients of HTTP/1.1 spell names. */
    private static String usual(String lowerCase) {
        StringBuilder name = new StringBuilder(lowerCase);
        for (int i = 0; i < name.length(); i++) {
            if (i == 0 || name.charAt(i - 1) == '-') {
                name.setCharAt(i, Character.toUpperCase(name.charAt(i)));
            }
        }
        return name.toString();
    }

    /** The name in lower case. */
    public String lowerCase() {
        return lowerCase;
    }

    /** Whether the framing of a message depends on it. */
    boolean frames() {
        return frames;
    }

    /** The bit that stands for this field in {@link Head#known}. */
    public long bit() {
        return 1L << ordinal();
    }

    /** The hash of a name continued by one byte; letters count without case. */
    static int hash(int before, int c) {
        return before * 31 + (c | 0x20);
    }

    private static int hash(String name) {
        int hash = 0;
        for (int i = 0; i < name.length(); i++) {
            hash = hash(hash, name.charAt(i));
        }
        return hash;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 16 ^ hash >>> 8) & SLOTS.length - 1;
    }

    /** The field with the name that stands here; null for another one. */
    static @Nullable KnownField find(ByteBuffer bytes, int from, int to, int hash) {
        for (int at = slot(hash); ; at = at + 1 & SLOTS.length - 1) {
            KnownField field = SLOTS[at];
            if (field == null || Bytes.equalIgnoringCase(bytes, from, to, field.lowerCase)) {
                return field;
            }
        }
    }

    /** The name as it stands here, if that is one of the usual spellings; null if not. */
    @Nullable
    String spelled(ByteBuffer bytes, int from, int to) {
        String name = bytes.get(from) == usual.charAt(0) ? usual : lowerCase;
        return Bytes.equal(bytes, from, to, name) ? name : null;
    }
}
