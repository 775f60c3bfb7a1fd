package dev.sluice.engine.http;

import io.undertow.util.HttpString;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Request ids: the client's if it is printable ASCII of at most 64 characters, otherwise a random UUID. */
public final class RequestIds {
    static final HttpString FIELD = new HttpString("X-Request-Id");
    private static final int LONGEST = 64;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private RequestIds() {}

    /** The id of a request whose client sent this one, or none. */
    public static String of(@Nullable String sent) {
        return sent != null && acceptable(sent) ? sent : random();
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

    /** Unique, not secret: no secure random numbers on the way of every request. */
    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = random.nextLong() & ~0xf000L | VERSION_4;
        long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | VARIANT;
        return new UUID(high, low).toString();
    }
}
