package dev.sluice.engine.http.http1;

import dev.sluice.engine.http.grammar.Violation;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the data in the bytes of a request's body (RFC 9112, 6 and 7.1), as strictly as {@link HeadParser} reads heads: chunk sizes with nothing
 * else in their line but extensions, which are skipped, and trailers that say nothing about framing.
 *
 * <pre>
 * begin(length)  -> DATA -> ENDED
 * begin(CHUNKED) -> SIZE -> (EXTENSION) -> SIZE_LINE_FEED -> DATA -> DATA_RETURN -> DATA_LINE_FEED -> SIZE ...
 *                                            |
 *                                            +-> TRAILERS -> ENDED
 * </pre>
 *
 * <p>Not for several threads at a time.
 */
public final class BodyFraming {
    /** The length of a body that comes in chunks. */
    public static final long CHUNKED = -1;

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LINE_FEED,
        DATA,
        DATA_RETURN,
        DATA_LINE_FEED,
        TRAILERS,
        ENDED
    }

    private static final int LONGEST_EXTENSION = 1024;
    private static final int MOST_SIZE_DIGITS =
            14; // 56 bits: no parser that stands elsewhere takes them for another number

    private final Limits limits;
    private State state = State.ENDED;
    private boolean chunked;
    private long remaining; // of the body with a length, or of the chunk
    private int digits;
    private int extension;
    private long announced;
    private @Nullable HeadParser trailers;
    private @Nullable Violation violation;

    /** The body of no request yet. */
    public BodyFraming(Limits limits) {
        this.limits = limits;
    }

    /**
     * A body begins.
     *
     * @param length its bytes, or {@link #CHUNKED}
     */
    public void begin(long length) {
        chunked = length == CHUNKED;
        announced = chunked ? 0 : length;
        remaining = chunked ? 0 : length;
        digits = 0;
        trailers = null;
        state = chunked ? State.SIZE : length == 0 ? State.ENDED : State.DATA;
    }

    /**
     * Reads what is not data.
     *
     * @param from the index of the first byte
     * @param to the index behind the last byte
     * @return the index of the first byte that was not read: of data, behind the end of the body, of what is refused, or {@code to}
     */
    public int advance(ByteBuffer bytes, int from, int to) {
        int at = from;
        while (at < to && violation == null && state != State.DATA && state != State.ENDED) {
            if (state == State.TRAILERS) {
                at = trailers(bytes, at, to);
            } else {
                step(bytes.get(at) & 0xff);
                at += violation == null ? 1 : 0;
            }
        }
        return at;
    }

    private void step(int c) {
        switch (state) {
            case SIZE -> size(c);
            case EXTENSION -> extension(c);
            case SIZE_LINE_FEED -> sizeLineFeed(c);
            case DATA_RETURN -> expect(c, '\r', State.DATA_LINE_FEED);
            case DATA_LINE_FEED -> {
                digits = 0;
                expect(c, '\n', State.SIZE);
            }
            case DATA, TRAILERS, ENDED ->
                throw new IllegalStateException("reading a byte between chunks in state " + state);
        }
    }

    private void size(int c) {
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        if (digit >= 0 && digits < MOST_SIZE_DIGITS) {
            remaining = remaining << 4 | digit;
            digits++;
        } else if (c == '\r' && digits > 0) {
            state = State.SIZE_LINE_FEED;
        } else if (c == ';' && digits > 0) {
            extension = 0;
            state = State.EXTENSION;
        } else {
            if (digit >= 0) {
                announced = Long.MAX_VALUE;
            }
            unexpected(c, "1 to " + MOST_SIZE_DIGITS + " hexadecimal digits as chunk size, and CRLF behind them");
        }
    }

    private void extension(int c) {
        if (c == '\r') {
            state = State.SIZE_LINE_FEED;
        } else if (c < 0x20 && c != '\t' || c >= 0x7f || ++extension > LONGEST_EXTENSION) {
            unexpected(
                    c,
                    "at most " + LONGEST_EXTENSION + " printable characters as chunk extension, and CRLF behind them");
        }
    }

    private void sizeLineFeed(int c) {
        if (remaining > 0) {
            announced = Math.max(announced + remaining, announced);
            expect(c, '\n', State.DATA);
            return;
        }
        trailers = HeadParser.ofTrailers(limits);
        expect(c, '\n', State.TRAILERS);
    }

    private int trailers(ByteBuffer bytes, int from, int to) {
        HeadParser fields = trailers;
        if (fields == null) {
            throw new IllegalStateException("trailers without a parser (expected: one since the last chunk)");
        }
        int at = fields.parse(bytes, from, to);
        violation = fields.violation();
        if (fields.done()) {
            state = State.ENDED;
        }
        return at;
    }

    private void expect(int c, char expected, State next) {
        if (c == expected) {
            state = next;
        } else {
            unexpected(c, expected == '\r' ? "CR" : "LF behind CR");
        }
    }

    private void unexpected(int c, String expected) {
        violation = Violation.bad(String.format("byte 0x%02x (expected: %s)", c, expected));
    }

    /** How many bytes of data come next; 0 if something else does. */
    public long available() {
        return state == State.DATA ? remaining : 0;
    }

    /** So many bytes of data were taken. */
    public void taken(long count) {
        remaining -= count;
        if (remaining == 0) {
            state = chunked ? State.DATA_RETURN : State.ENDED;
        }
    }

    /** Whether the body has ended, with its trailers. */
    public boolean ended() {
        return state == State.ENDED;
    }

    /** Bytes of the body that the head or the chunks have announced so far. */
    public long announced() {
        return announced;
    }

    /** The trailers; null if there are none, or none yet. Valid as long as the bytes in which they stood. */
    public @Nullable Head trailers() {
        HeadParser fields = trailers;
        return fields == null || !fields.done() ? null : fields.head();
    }

    /** What was refused; null while everything is fine. */
    public @Nullable Violation violation() {
        return violation;
    }
}
