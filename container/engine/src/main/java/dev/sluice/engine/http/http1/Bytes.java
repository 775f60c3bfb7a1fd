package dev.sluice.engine.http.http1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Comparisons of bytes in a buffer with text, without making any. */
final class Bytes {
    private static final String[] VALUES = {
        "*/*",
        "1",
        "?0",
        "?1",
        "trailers",
        "close",
        "keep-alive",
        "Keep-Alive",
        "Upgrade",
        "upgrade",
        "websocket",
        "chunked",
        "100-continue",
        "no-cache",
        "max-age=0",
        "gzip",
        "gzip, deflate",
        "gzip, deflate, br",
        "gzip, deflate, br, zstd",
        "application/json",
        "application/x-www-form-urlencoded",
        "text/plain",
        "text/html",
        "XMLHttpRequest",
        "same-origin",
        "navigate",
        "document",
        "none",
        "cors",
        "empty",
    };
    private static final String[][] BY_LENGTH = new String[34][];

    static {
        for (int length = 0; length < BY_LENGTH.length; length++) {
            int exactly = length;
            BY_LENGTH[length] = java.util.Arrays.stream(VALUES)
                    .filter(value -> value.length() == exactly)
                    .toArray(String[]::new);
        }
    }

    private Bytes() {}

    static boolean equal(ByteBuffer bytes, int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if ((bytes.get(from + i) & 0xff) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the bytes are this text; only the letters of ASCII count without case. */
    static boolean equalIgnoringCase(ByteBuffer bytes, int from, int to, String text) {
        return to - from == text.length() && startsWith(bytes, from, to, text);
    }

    /** Whether the bytes begin with this text; only the letters of ASCII count without case. */
    static boolean startsWith(ByteBuffer bytes, int from, int to, String text) {
        if (to - from < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (lower(bytes.get(from + i)) != lower(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }

    /** A value that is sent again and again; null if it is another one. */
    static @Nullable String known(ByteBuffer bytes, int from, int to) {
        if (to - from < BY_LENGTH.length) {
            for (String value : BY_LENGTH[to - from]) {
                if (equal(bytes, from, to, value)) {
                    return value;
                }
            }
        }
        return null;
    }

    static String text(ByteBuffer bytes, int from, int to) {
        if (bytes.hasArray()) {
            return new String(bytes.array(), bytes.arrayOffset() + from, to - from, StandardCharsets.ISO_8859_1);
        }
        byte[] copy = new byte[to - from];
        bytes.get(from, copy);
        return new String(copy, StandardCharsets.ISO_8859_1);
    }
}
