package dev.sluice.engine.http.websocket;

import java.nio.ByteBuffer;

/** Checks that bytes that come in pieces are UTF-8 (RFC 3629, 4), and says so at the first byte that cannot be. */
final class Utf8Check {
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;
    private static final int LEAST = 0x80;
    private static final int MOST = 0xBF;

    private int missing;
    private int least = LEAST;
    private int most = MOST;

    /** Whether the next piece can follow; absolute positions. After false nothing more may be asked. */
    boolean accept(ByteBuffer bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (missing == 0) {
                at = afterAscii(bytes, at, to);
                if (at == to) {
                    return true;
                }
            }
            if (!accept(bytes.get(at++) & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text may end here. */
    boolean complete() {
        return missing == 0;
    }

    private static int afterAscii(ByteBuffer bytes, int from, int to) {
        int at = from;
        while (to - at >= Long.BYTES && (bytes.getLong(at) & NOT_ASCII) == 0) {
            at += Long.BYTES;
        }
        while (at < to && bytes.get(at) >= 0) {
            at++;
        }
        return at;
    }

    private boolean accept(int octet) {
        if (missing == 0) {
            return lead(octet);
        }
        if (octet < least || octet > most) {
            return false;
        }
        missing--;
        least = LEAST;
        most = MOST;
        return true;
    }

    /** No overlong forms, no surrogates, nothing above U+10FFFF. */
    private boolean lead(int octet) {
        if (octet < 0x80) {
            return true;
        }
        if (octet < 0xC2 || octet > 0xF4) {
            return false;
        }
        missing = octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : 3;
        switch (octet) {
            case 0xE0 -> least = 0xA0;
            case 0xED -> most = 0x9F;
            case 0xF0 -> least = 0x90;
            case 0xF4 -> most = 0x8F;
            default -> {
                // The second octet is any continuation.
            }
        }
        return true;
    }
}
