package dev.sluice.engine.http;

import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Request ids: the client's if it is printable ASCII of at most 64 characters, otherwise a random UUID. */
public final class RequestIds {
    static final String NAME = "X-Request-Id";
    static final HttpString FIELD = new HttpString(NAME);
    /** Characters of an id that we make. */
    static final int LENGTH = 36;

    private static final int LONGEST = 64;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private RequestIds() {}

    /** The id of a request whose client sent this one, or none. */
    public static String of(@Nullable String sent) {
        if (sent != null && acceptable(sent)) {
            return sent;
        }
        byte[] made = new byte[LENGTH];
        make(made, 0);
        return new String(made, StandardCharsets.ISO_8859_1);
    }

    static boolean acceptable(String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c <= 0x20 || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** Makes an id. Unique, not secret: no secure random numbers on the way of every request. */
    static void make(byte[] target, int at) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = random.nextLong() & ~0xf000L | VERSION_4;
        long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | VARIANT;
        int to = hex(high, 60, 8, target, at);
        to = hex(high, 28, 4, target, dash(target, to));
        to = hex(high, 12, 4, target, dash(target, to));
        to = hex(low, 60, 4, target, dash(target, to));
        hex(low, 44, 12, target, dash(target, to));
    }

    private static int dash(byte[] target, int at) {
        target[at] = '-';
        return at + 1;
    }

    private static int hex(long bits, int shift, int count, byte[] target, int at) {
        for (int i = 0; i < count; i++) {
            target[at + i] = DIGITS[(int) (bits >>> (shift - 4 * i)) & 0xf];
        }
        return at + count;
    }
}
