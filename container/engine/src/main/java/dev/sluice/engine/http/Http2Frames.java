package dev.sluice.engine.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads along with the frames of a client and counts those that cost us more than the client: each takes from a credit that grows with
 * time. Undertow itself counts resets (rapid reset, and those that it is made to send) and limits the size of header blocks.
 *
 * <pre>
 * frame                                credit   earns it back
 * SETTINGS, PING, PRIORITY, RST_STREAM,
 *   others, DATA without a byte        rare     time
 * DATA, WINDOW_UPDATE                  small    time, bytes received, bytes sent, streams
 * HEADERS, DATA that ends a stream     none
 * </pre>
 *
 * <p>So whoever sends or takes much may do so in any pieces that make sense, whoever sends byte by byte may do so as fast as people and
 * sensors do, and bytes that come one by one as fast as they can be sent are a flood.
 */
final class Http2Frames {
    static final int BURST = 1_000;
    static final int PER_SECOND = 100;
    static final int SMALL_BURST = 20_000;
    static final int SMALL_PER_SECOND = 5_000;
    private static final int BYTES_RECEIVED = 16;
    private static final int BYTES_SENT = 32;
    private static final int EACH_SENT = 2; // a window of its stream and one of the connection
    private static final int EACH_STREAM = 8;
    private static final int MOST_CONTINUATIONS = 64;
    private static final int HEADER = 9;
    private static final byte[] PREFACE_END = "SM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;

    private final Credit rare;
    private final Credit small;
    private int preface;
    private int headerRead;
    private long header; // length, type and flags
    private int stream;
    private long payload;
    private int continuations;
    private int lastStream;

    Http2Frames(LongSupplier nanoTime) {
        this(nanoTime, 0);
    }

    Http2Frames(LongSupplier nanoTime, int firstStream) {
        this.rare = new Credit(BURST, PER_SECOND, nanoTime);
        this.small = new Credit(SMALL_BURST, SMALL_PER_SECOND, nanoTime);
        this.lastStream = firstStream;
    }

    /** Reads bytes; says what is too much of it, or null. */
    @Nullable
    String scan(ByteBuffer bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (preface < PREFACE_END.length) {
                byte c = bytes.get(at++);
                preface = c == PREFACE_END[preface] ? preface + 1 : 0;
            } else if (payload > 0) {
                int part = (int) Math.min(to - at, payload);
                payload -= part;
                at += part;
            } else {
                String flood = header(bytes.get(at++) & 0xff);
                if (flood != null) {
                    return flood;
                }
            }
        }
        return null;
    }

    private @Nullable String header(int c) {
        if (headerRead < 5) {
            header = header << 8 | c;
        } else {
            stream = stream << 8 | c;
        }
        if (++headerRead < HEADER) {
            return null;
        }
        int flags = (int) (header & 0xff);
        int type = (int) (header >>> 8 & 0xff);
        int length = (int) (header >>> 16 & 0xff_ffff);
        String flood = frame(type, flags, length, stream & Integer.MAX_VALUE);
        headerRead = 0;
        header = 0;
        stream = 0;
        payload = length;
        return flood;
    }

    private @Nullable String frame(int type, int flags, int length, int id) {
        switch (type) {
            case DATA -> {
                return (flags & END_STREAM) != 0 ? null : data(length);
            }
            case HEADERS -> {
                lastStream = Math.max(lastStream, id);
                continuations = 0;
                small.earn(EACH_STREAM);
                return null;
            }
            case CONTINUATION -> {
                return ++continuations > MOST_CONTINUATIONS
                        ? "more than " + MOST_CONTINUATIONS + " CONTINUATION frames"
                        : null;
            }
            case WINDOW_UPDATE -> {
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

    private static @Nullable String spend(Credit credit, String what) {
        return credit.spend() ? null : "too many " + what + " (expected: " + credit + ")";
    }

    /** A DATA frame was sent, whose bytes the client acknowledges with WINDOW_UPDATE; any thread. */
    void sent(int length) {
        small.give(EACH_SENT + length / BYTES_SENT);
    }

    /** The largest stream that the client has opened. */
    int lastStream() {
        return lastStream;
    }
}
