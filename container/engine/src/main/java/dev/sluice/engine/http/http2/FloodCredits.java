package dev.sluice.engine.http.http2;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the frames of a client that cost us more than the client: each takes from a credit that grows with time.
 *
 * <pre>
 * frame                                credit   earns it back
 * SETTINGS, PING, PRIORITY, RST_STREAM,
 *   others, DATA without a byte,
 *   whatever we must answer with
 *   RST_STREAM                         rare     time
 * DATA, WINDOW_UPDATE                  small    time, bytes received, bytes sent, streams
 * HEADERS, DATA that ends a stream     none
 * </pre>
 *
 * <p>So whoever sends or takes much may do so in any pieces that make sense, whoever sends byte by byte may do so as fast as people and
 * sensors do, and bytes that come one by one as fast as they can be sent are a flood. On the loop.
 */
final class FloodCredits {
    static final int BURST = 1_000;
    static final int PER_SECOND = 100;
    static final int SMALL_BURST = 20_000;
    static final int SMALL_PER_SECOND = 5_000;
    private static final int BYTES_RECEIVED = 16;
    private static final int BYTES_SENT = 32;
    private static final int EACH_SENT = 2; // a window of its stream and one of the connection
    private static final int EACH_STREAM = 8;
    private static final int MOST_CONTINUATIONS = 64;

    private final Credit rare;
    private final Credit small;
    private int continuations;

    FloodCredits(LongSupplier nanoTime) {
        this.rare = new Credit(BURST, PER_SECOND, nanoTime);
        this.small = new Credit(SMALL_BURST, SMALL_PER_SECOND, nanoTime);
    }

    /** Counts a frame; says what is too much of it, or null. */
    @Nullable
    String received(int type, int flags, int length) {
        switch (type) {
            case Frames.DATA -> {
                return (flags & Frames.END_STREAM) != 0 ? null : data(length);
            }
            case Frames.HEADERS -> {
                continuations = 0;
                small.earn(EACH_STREAM);
                return null;
            }
            case Frames.CONTINUATION -> {
                return ++continuations > MOST_CONTINUATIONS
                        ? "more than " + MOST_CONTINUATIONS + " CONTINUATION frames"
                        : null;
            }
            case Frames.WINDOW_UPDATE -> {
                return spend(small, "WINDOW_UPDATE frames");
            }
            default -> {
                return spend(rare, "frames of type " + type);
            }
        }
    }

    private @Nullable String data(int length) {
        if (length == 0) {
            return spend(rare, "empty DATA frames");
        }
        small.earn(length / BYTES_RECEIVED);
        return spend(small, "small DATA frames");
    }

    /** Counts a stream that the client makes us reset. */
    @Nullable
    String resetByUs() {
        return spend(rare, "streams that had to be reset");
    }

    private static @Nullable String spend(Credit credit, String what) {
        return credit.spend() ? null : "too many " + what + " (expected: " + credit + ")";
    }

    /** A DATA frame was sent, whose bytes the client acknowledges with WINDOW_UPDATE. */
    void sent(int length) {
        small.give(EACH_SENT + length / BYTES_SENT);
    }
}
