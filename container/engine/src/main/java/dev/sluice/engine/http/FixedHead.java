package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A look at the bytes of a request's head, strict and without allocation: GET or HEAD in HTTP/1.1 with a plain path, without a query, and
 * with no field that has a say in the answer. Anything else is somebody else's, wrong or right. One for each loop.
 */
final class FixedHead {
    private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] KEEP_ALIVE = "keep-alive".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] PLAIN = new byte[256];
    private static final byte TOKEN = 1;
    private static final byte VALUE = 2;
    private static final byte PATH = 4;

    static {
        for (int c = 0; c < 256; c++) {
            int kinds = Tokens.isTokenCharacter(c) ? TOKEN : 0;
            kinds |= c == '\t' || c >= 0x20 && c != 0x7f ? VALUE : 0;
            kinds |= Tokens.isTargetCharacter(c) && c != '?' && c != ';' ? PATH : 0;
            PLAIN[c] = (byte) kinds;
        }
    }

    /** A part of the bytes; empty if {@code from} is negative. */
    static final class Span {
        int from = -1;
        int to;

        boolean present() {
            return from >= 0;
        }

        int length() {
            return to - from;
        }

        void clear() {
            from = -1;
        }

        void set(int start, int end) {
            from = start;
            to = end;
        }

        @Nullable
        String text(byte[] bytes) {
            return from < 0 ? null : new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }

    final Span path = new Span();
    final Span host = new Span();
    final Span requestId = new Span();
    final Span referer = new Span();
    final Span userAgent = new Span();
    boolean headOnly;
    int pathHash;

    private final int maxHead;
    private final int maxFields;
    private final int maxTarget;

    FixedHead(HttpOptions options) {
        maxHead = options.maxHeadSize();
        maxFields = options.maxHeaderCount();
        maxTarget = options.maxTargetLength();
    }

    /** Reads the request line; the index behind it, or -1 if it is not plain or not complete. */
    int requestLine(byte[] bytes, int from, int to) {
        if (to - from < 18) {
            return -1;
        }
        headOnly = bytes[from] == 'H';
        int at = method(bytes, from);
        if (at < 0) {
            return -1;
        }
        int start = at;
        int hash = 0;
        while (at < to && (PLAIN[bytes[at] & 0xff] & PATH) != 0) {
            hash = 31 * hash + bytes[at++];
        }
        if (bytes[start] != '/' || at - start > maxTarget || to - at < VERSION.length || !matches(bytes, at, VERSION)) {
            return -1;
        }
        path.set(start, at);
        pathHash = FixedPaths.spread(hash);
        return at + VERSION.length;
    }

    private static int method(byte[] bytes, int from) {
        if (bytes[from] == 'G' && bytes[from + 1] == 'E' && bytes[from + 2] == 'T' && bytes[from + 3] == ' ') {
            return from + 4;
        }
        boolean head = bytes[from] == 'H'
                && bytes[from + 1] == 'E'
                && bytes[from + 2] == 'A'
                && bytes[from + 3] == 'D'
                && bytes[from + 4] == ' ';
        return head ? from + 5 : -1;
    }

    private static boolean matches(byte[] bytes, int from, byte[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (bytes[from + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads the fields behind the request line; the index behind the head, or -1 if it is not plain or not complete. */
    int fields(byte[] bytes, int start, int from, int to) {
        host.clear();
        requestId.clear();
        referer.clear();
        userAgent.clear();
        int end = Math.min(to, start + maxHead);
        int at = from;
        for (int count = 0; at + 1 < end; count++) {
            if (bytes[at] == '\r') {
                return bytes[at + 1] == '\n' && host.present() ? at + 2 : -1;
            }
            at = count < maxFields ? field(bytes, at, end) : -1;
            if (at < 0) {
                return -1;
            }
        }
        return -1;
    }

    private int field(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && (PLAIN[bytes[at] & 0xff] & TOKEN) != 0) {
            at++;
        }
        int colon = at;
        if (colon == from || colon >= end || bytes[colon] != ':') {
            return -1;
        }
        at++;
        while (at < end && (PLAIN[bytes[at] & 0xff] & VALUE) != 0) {
            at++;
        }
        if (at + 1 >= end || bytes[at] != '\r' || bytes[at + 1] != '\n') {
            return -1;
        }
        return take(bytes, from, colon, at) ? at + 2 : -1;
    }

    /** Whether a field leaves the request plain. The length of the name decides which names it is worth comparing with. */
    private boolean take(byte[] bytes, int from, int colon, int end) {
        int first = bytes[from] | 0x20;
        return switch (colon - from) {
            case 4 -> first != 'h' || !named(bytes, from, colon, "host") || once(host, bytes, colon, end);
            case 5 -> first != 'r' || !named(bytes, from, colon, "range");
            case 6 -> first != 'e' || !named(bytes, from, colon, "expect");
            case 7 -> seven(bytes, first, from, colon, end);
            case 8 -> !named(bytes, from, colon, "if-match") && !named(bytes, from, colon, "if-range");
            case 9 -> first != 'f' || !named(bytes, from, colon, "forwarded");
            case 10 -> ten(bytes, first, from, colon, end);
            case 12 -> first != 'x' || !named(bytes, from, colon, "x-request-id") || once(requestId, bytes, colon, end);
            case 14 -> first != 'c' || !named(bytes, from, colon, "content-length");
            default -> other(bytes, first, from, colon);
        };
    }

    private boolean seven(byte[] bytes, int first, int from, int colon, int end) {
        if (first == 'r' && named(bytes, from, colon, "referer") && !referer.present()) {
            trimmed(referer, bytes, colon, end);
        }
        return first != 'u' || !named(bytes, from, colon, "upgrade");
    }

    private boolean ten(byte[] bytes, int first, int from, int colon, int end) {
        if (first == 'u' && named(bytes, from, colon, "user-agent") && !userAgent.present()) {
            trimmed(userAgent, bytes, colon, end);
        }
        return first != 'c' || !named(bytes, from, colon, "connection") || keepAlive(bytes, colon, end);
    }

    private static boolean keepAlive(byte[] bytes, int colon, int end) {
        int at = colon + 1;
        while (at < end && bytes[at] == ' ') {
            at++;
        }
        if (end - at != KEEP_ALIVE.length) {
            return false;
        }
        for (int i = 0; i < KEEP_ALIVE.length; i++) {
            if ((bytes[at + i] | 0x20) != (KEEP_ALIVE[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    /** Conditions, encodings of a body, and what a trusted proxy has to say. */
    private static boolean other(byte[] bytes, int first, int from, int colon) {
        if (first == 'i') {
            return colon - from < 3 || bytes[from + 2] != '-' || (bytes[from + 1] | 0x20) != 'f';
        }
        if (first == 't') {
            return !named(bytes, from, colon, "transfer-encoding");
        }
        return first != 'x' || colon - from < 11 || !named(bytes, from, from + 11, "x-forwarded");
    }

    private static boolean once(Span span, byte[] bytes, int colon, int end) {
        if (span.present()) {
            return false;
        }
        trimmed(span, bytes, colon, end);
        return true;
    }

    private static void trimmed(Span span, byte[] bytes, int colon, int end) {
        int from = colon + 1;
        int to = end;
        while (from < to && (bytes[from] == ' ' || bytes[from] == '\t')) {
            from++;
        }
        while (to > from && (bytes[to - 1] == ' ' || bytes[to - 1] == '\t')) {
            to--;
        }
        span.set(from, to);
    }

    private static boolean named(byte[] bytes, int from, int to, String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            int c = bytes[from + i];
            if (c != lowerCase.charAt(i) && !(c >= 'A' && c <= 'Z' && (c | 0x20) == lowerCase.charAt(i))) {
                return false;
            }
        }
        return to - from == lowerCase.length();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "head with a path of %d bytes", path.length());
    }
}
