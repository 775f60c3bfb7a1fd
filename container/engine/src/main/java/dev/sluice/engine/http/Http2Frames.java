package dev.sluice.engine.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads along with the frames of a client and counts those that cost us more than the client: each takes from a credit that grows with
 * time. What carries a request takes nothing. Undertow itself counts resets (rapid reset, and those that it is made to send) and limits the
 * size of header blocks.
 */
final class Http2Frames {
    static final int BURST = 1_000;
    static final int PER_SECOND = 100;
    private static final int MOST_CONTINUATIONS = 64;
    private static final int HEADER = 9;
    private static final byte[] PREFACE_END = "SM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;

    private final LongSupplier nanoTime;
    private int preface;
    private int headerRead;
    private long header; // length, type and flags
    private int stream;
    private long payload;
    private int continuations;
    private int lastStream;
    private int credit = BURST;
    private long refilled;

    Http2Frames(LongSupplier nanoTime) {
        this(nanoTime, 0);
    }

    Http2Frames(LongSupplier nanoTime, int firstStream) {
        this.nanoTime = nanoTime;
        this.lastStream = firstStream;
        this.refilled = nanoTime.getAsLong();
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
                return length > 0 || (flags & END_STREAM) != 0 ? null : spend("empty DATA frames");
            }
            case HEADERS -> {
                lastStream = Math.max(lastStream, id);
                continuations = 0;
                return null;
            }
            case CONTINUATION -> {
                return ++continuations > MOST_CONTINUATIONS
                        ? "more than " + MOST_CONTINUATIONS + " CONTINUATION frames"
                        : null;
            }
            case WINDOW_UPDATE -> {
                return null;
            }
            default -> {
                return spend("frames of type " + type);
            }
        }
    }

    private @Nullable String spend(String what) {
        if (--credit > 0) {
            return null;
        }
        long now = nanoTime.getAsLong();
        long earned = (now - refilled) * PER_SECOND / 1_000_000_000L;
        if (earned > 0) {
            refilled = now;
            credit = (int) Math.min(BURST, credit + earned);
        }
        return credit > 0 ? null : "too many " + what + " (expected: at most " + PER_SECOND + " a second)";
    }

    /** The largest stream that the client has opened. */
    int lastStream() {
        return lastStream;
    }
}
