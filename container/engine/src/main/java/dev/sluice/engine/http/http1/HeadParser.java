package dev.sluice.engine.http.http1;

import dev.sluice.engine.http.grammar.HeadFields;
import dev.sluice.engine.http.grammar.RequestRules;
import dev.sluice.engine.http.grammar.Tokens;
import dev.sluice.engine.http.grammar.Violation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads heads of requests (RFC 9112, 3 and 5), one after the other, each once, from whatever pieces they come in. It takes nothing that can
 * be read in two ways: no line ends but CRLF, no folded lines, no spaces around names, no control characters, no second statement about the
 * length of the body.
 *
 * <pre>
 * START -> METHOD -> TARGET -> VERSION -> LINE_FEED -> LINE_START -> NAME -> VALUE -> LINE_FEED
 *                                                          ^                              |
 *                                                          +------------------------------+
 *                                                          +-> END -> DONE, until {@link #next}
 * </pre>
 *
 * <p>A head that ends in the buffer in which it began is read there, without a copy. One that does not is collected. Trailers are read by a
 * parser of their own, which begins at LINE_START. Not for several threads at a time.
 */
public final class HeadParser {
    private enum State {
        START,
        METHOD,
        TARGET,
        VERSION,
        LINE_FEED,
        LINE_START,
        NAME,
        VALUE,
        END,
        DONE
    }

    /** Of programs; browsers send twice as many. Each idle connection keeps the places of so many. */
    private static final int USUAL_FIELDS = 6;

    private static final int FEW_FIELDS = 2;
    private static final int FIRST_KEPT = 512;
    private static final int VERSION_LENGTH = 8;
    private static final byte[] NOTHING = {};

    private final Limits limits;
    private final boolean trailers;
    private final HeadFields framing = new HeadFields();

    private Head head;
    private State state;
    private boolean lineSkipped;
    private boolean carriageReturn; // of an empty line in front
    private int escaped;
    private int lineFrom; // where the part that is read began
    private int nameHash;
    private @Nullable KnownField field;
    private byte[] kept = NOTHING;
    private int size; // of the head so far
    private @Nullable String lastHost;
    private @Nullable Violation violation;

    private HeadParser(Limits limits, boolean trailers) {
        this.limits = limits;
        this.trailers = trailers;
        this.head = new Head(trailers ? FEW_FIELDS : USUAL_FIELDS);
        this.state = first();
    }

    /** Reads requests. */
    public static HeadParser ofRequests(Limits limits) {
        return new HeadParser(limits, false);
    }

    /** Reads fields behind a body. */
    public static HeadParser ofTrailers(Limits limits) {
        return new HeadParser(limits, true);
    }

    private State first() {
        return trailers ? State.LINE_START : State.START;
    }

    /**
     * Reads on.
     *
     * @param from the index of the first byte
     * @param to the index behind the last byte
     * @return the index behind what was read: {@code to}, unless the head is {@link #done} or there is a {@link #violation}
     */
    public int parse(ByteBuffer bytes, int from, int to) {
        int at = state == State.START ? skipLine(bytes, from, to) : from;
        if (violation != null || at == to) {
            return at;
        }
        return size == 0 ? begin(bytes, at, to) : resume(bytes, at, to);
    }

    /** RFC 9112, 2.2: one empty line in front of a request line is taken away. */
    private int skipLine(ByteBuffer bytes, int from, int to) {
        int at = from;
        if (!lineSkipped && !carriageReturn && at < to && bytes.get(at) == '\r') {
            carriageReturn = true;
            at++;
        }
        if (carriageReturn && at < to) {
            if (bytes.get(at) != '\n') {
                unexpected(bytes.get(at) & 0xff, "LF behind CR");
                return at;
            }
            carriageReturn = false;
            lineSkipped = true;
            at++;
        }
        if (at < to) {
            state = State.METHOD;
        }
        return at;
    }

    private int begin(ByteBuffer bytes, int from, int to) {
        head.in(bytes, from);
        int end = scan(bytes, from, from, to);
        size = end - from;
        if (state != State.DONE && violation == null) {
            append(bytes, from, to, 0);
        }
        return end;
    }

    private int resume(ByteBuffer bytes, int from, int to) {
        int before = size;
        int count = (int) Math.min(to - from, limits.head() + 1L - before);
        append(bytes, from, from + count, before);
        ByteBuffer all = ByteBuffer.wrap(kept);
        head.in(all, 0);
        size = scan(all, 0, before, before + count);
        return from + size - before;
    }

    private void append(ByteBuffer bytes, int from, int to, int before) {
        int needed = before + to - from;
        if (needed > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(FIRST_KEPT, Math.max(needed, 2 * kept.length)));
        }
        bytes.get(from, kept, before, to - from);
    }

    private int scan(ByteBuffer bytes, int base, int from, int to) {
        int end = (int) Math.min(to, (long) base + limits.head());
        int at = from;
        while (at < end && state != State.DONE && violation == null) {
            at = switch (state) {
                case METHOD -> method(bytes, base, at, end);
                case TARGET -> target(bytes, base, at, end);
                case VERSION -> version(bytes, base, at, end);
                case LINE_START -> lineStart(bytes, base, at);
                case NAME -> name(bytes, base, at, end);
                case VALUE -> value(bytes, base, at, end);
                case LINE_FEED -> lineFeed(bytes, at);
                case END -> end(bytes, base, at);
                case START, DONE -> throw new IllegalStateException("reading a head in state " + state);
            };
        }
        if (end < to && at == end && state != State.DONE) {
            refuse(new Violation(tooLarge(), "request head: larger than " + limits.head() + " bytes"));
        }
        return at;
    }

    private int tooLarge() {
        return trailers ? 400 : 431;
    }

    private int method(ByteBuffer bytes, int base, int from, int end) {
        int at = from;
        for (; at < end; at++) {
            int c = bytes.get(at) & 0xff;
            int length = at - base;
            if (c == ' ' && length > 0) {
                head.methodEnd = length;
                lineFrom = length + 1;
                escaped = 0;
                head.plainTarget = true;
                head.targetHash = 0;
                state = State.TARGET;
                return at + 1;
            }
            if (!RequestRules.isMethodCharacter(c) || length == RequestRules.LONGEST_METHOD) {
                unexpected(c, "a method of at most " + RequestRules.LONGEST_METHOD + " letters, and one space");
                return at;
            }
        }
        return at;
    }

    /** RFC 3986, 2: what cannot be taken for something else. */
    private int target(ByteBuffer bytes, int base, int from, int end) {
        int longest = base + lineFrom + limits.target();
        int hash = head.targetHash;
        int at = from;
        for (; at < end; at++) {
            int c = bytes.get(at) & 0xff;
            if (escaped > 0) {
                if (Character.digit(c, 16) < 0 || c >= 0x80) {
                    unexpected(c, "two hexadecimal digits behind % in the request target");
                    return at;
                }
                escaped--;
            } else if (c == ' ') {
                return targetEnded(bytes, base, at, hash);
            } else if (!RequestRules.isTargetCharacter(c)) {
                unexpected(c, "no characters in the request target but those of RFC 3986; others as % and two digits");
                return at;
            } else if (c == '%' || c == '?' || c == ';') {
                escaped = c == '%' ? 2 : 0;
                head.plainTarget = false;
            }
            if (at >= longest) {
                refuse(new Violation(414, "request target: longer than " + limits.target() + " bytes"));
                return at;
            }
            hash = 31 * hash + c;
        }
        head.targetHash = hash;
        return at;
    }

    private int targetEnded(ByteBuffer bytes, int base, int at, int hash) {
        int begin = base + lineFrom;
        if (at == begin) {
            unexpected(' ', "visible ASCII in the request target, and one space behind it");
            return at;
        }
        head.targetHash = hash;
        head.targetEnd = at - base;
        head.plainTarget &= bytes.get(begin) == '/';
        lineFrom = at - base + 1;
        state = State.VERSION;
        return at + 1;
    }

    private int version(ByteBuffer bytes, int base, int from, int end) {
        int begin = base + lineFrom;
        int at = from;
        for (; at < end; at++) {
            int c = bytes.get(at) & 0xff;
            if (c == '\r') {
                versionEnded(bytes, begin, at);
                return violation == null ? at + 1 : at;
            }
            if (c <= 0x20 || c >= 0x7f || at - begin == VERSION_LENGTH) {
                unexpected(c, "HTTP/1.1 and CR");
                return at;
            }
        }
        return at;
    }

    private void versionEnded(ByteBuffer bytes, int from, int to) {
        boolean first = to - from == VERSION_LENGTH && Bytes.equal(bytes, from, to - 1, "HTTP/1.");
        int minor = first ? bytes.get(to - 1) - '0' : -1;
        if (minor >= 0 && head.is("CONNECT")) {
            refuse(new Violation(501, "method: CONNECT (expected: any other; this server opens no tunnels)"));
        } else if (minor == 0 || minor == 1) {
            head.minor = minor;
            framing.requestLine(bytes.get(head.begin() + head.targetBegin()) == '/' ? "/" : head.target(), minor);
            state = State.LINE_FEED;
        } else {
            String version = Bytes.text(bytes, from, to);
            refuse(new Violation(
                    version.startsWith("HTTP/") ? 505 : 400,
                    "protocol: " + Tokens.printable(version) + " (expected: HTTP/1.1 or HTTP/1.0)"));
        }
    }

    private int lineFeed(ByteBuffer bytes, int at) {
        int c = bytes.get(at) & 0xff;
        if (c != '\n') {
            unexpected(c, "LF behind CR");
            return at;
        }
        state = State.LINE_START;
        return at + 1;
    }

    private int lineStart(ByteBuffer bytes, int base, int at) {
        int c = bytes.get(at) & 0xff;
        if (c == '\r') {
            state = State.END;
            return at + 1;
        }
        if (!RequestRules.isNameCharacter(c)) {
            unexpected(c, "a field name at the beginning of the line; folded lines are not taken");
        } else if (head.count() == limits.fields()) {
            refuse(new Violation(tooLarge(), "header fields: more than " + limits.fields()));
        } else {
            lineFrom = at - base;
            nameHash = 0;
            state = State.NAME;
        }
        return at;
    }

    private int name(ByteBuffer bytes, int base, int from, int end) {
        int hash = nameHash;
        int at = from;
        for (; at < end; at++) {
            int c = bytes.get(at) & 0xff;
            if (c == ':') {
                nameHash = hash;
                nameEnded(bytes, base, at);
                return violation == null ? at + 1 : at;
            }
            if (!RequestRules.isNameCharacter(c)) {
                unexpected(c, "letters of a field name, and a colon behind it");
                return at;
            }
            hash = KnownField.hash(hash, c);
        }
        nameHash = hash;
        return at;
    }

    private void nameEnded(ByteBuffer bytes, int base, int at) {
        int from = base + lineFrom;
        field = KnownField.find(bytes, from, at, nameHash);
        head.add(lineFrom, at - base, nameHash, field);
        lineFrom = at - base + 1;
        state = State.VALUE;
        // Names are compared by a hash: who collides on purpose is refused, and nobody else.
        if (head.count() > RequestRules.MOST_OF_ONE_NAME && head.namesLike(nameHash) > RequestRules.MOST_OF_ONE_NAME) {
            refuse(new Violation(
                    tooLarge(),
                    "header field " + Bytes.text(bytes, from, at) + ": more than " + RequestRules.MOST_OF_ONE_NAME
                            + " times (expected: one list)"));
        } else if (trailers && field != null && field.frames()) {
            refuse(Violation.bad("trailer field: " + Bytes.text(bytes, from, at)
                    + " (expected: none that frames or routes a request)"));
        }
    }

    private int value(ByteBuffer bytes, int base, int from, int end) {
        int at = from;
        while (at < end && RequestRules.isValueCharacter(bytes.get(at) & 0xff)) {
            at++;
        }
        if (at == end) {
            return at;
        }
        int c = bytes.get(at) & 0xff;
        if (c != '\r') {
            unexpected(c, "no control characters in a field's value, and CRLF behind it");
            return at;
        }
        head.closeValue(lineFrom, at - base);
        state = State.LINE_FEED;
        KnownField read = field;
        if (read != null && read.frames()) {
            refuse(framing.field(read.lowerCase(), framingValue(read)));
        }
        return violation == null ? at + 1 : at;
    }

    /** Clients ask for the same host again and again. */
    private String framingValue(KnownField read) {
        int last = head.count() - 1;
        if (read != KnownField.HOST) {
            return head.value(last);
        }
        String host = lastHost;
        if (host == null || !head.valueIs(last, host)) {
            host = head.value(last);
            lastHost = host;
        }
        head.host = host;
        return host;
    }

    private int end(ByteBuffer bytes, int base, int at) {
        int c = bytes.get(at) & 0xff;
        if (c != '\n') {
            unexpected(c, "LF behind CR");
            return at;
        }
        if (!trailers) {
            refuse(framing.check());
        }
        if (violation != null) {
            return at;
        }
        head.length = at + 1 - base;
        state = State.DONE;
        return at + 1;
    }

    private void unexpected(int c, String expected) {
        refuse(Violation.bad(String.format("byte 0x%02x (expected: %s)", c, expected)));
    }

    private void refuse(@Nullable Violation wrong) {
        if (violation == null) {
            violation = wrong;
        }
    }

    /** What was refused; null while everything is fine. Nothing is read behind it. */
    public @Nullable Violation violation() {
        return violation;
    }

    /** Whether the head is complete. */
    public boolean done() {
        return state == State.DONE;
    }

    /** Whether a head has begun and is not complete. */
    public boolean begun() {
        return size > 0 && state != State.DONE;
    }

    /** Whether the complete head was collected from several buffers, so that it does not stand in the last one. */
    public boolean collected() {
        return head.bytes().hasArray() && head.bytes().array() == kept;
    }

    /** The head that is complete; valid until {@link #next}, unless it is taken. */
    public Head head() {
        return head;
    }

    /** The complete head, for somebody who keeps it: independent of the bytes that were read. */
    public Head take() {
        Head taken = head;
        taken.keep();
        head = new Head(USUAL_FIELDS);
        return taken;
    }

    /** What the complete head says about the body; valid until {@link #next}. */
    public HeadFields framing() {
        return framing;
    }

    /** Begins with the next head. */
    public void next() {
        framing.clear();
        head.clear();
        kept = NOTHING;
        size = 0;
        lineSkipped = false;
        state = first();
    }
}
