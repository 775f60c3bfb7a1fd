package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.HeadFields;
import dev.sluice.engine.http.grammar.RequestRules;
import dev.sluice.engine.http.grammar.Tokens;
import dev.sluice.engine.http.grammar.Violation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads along with HTTP/1.1 and refuses everything that RFC 9112 does not allow, before a parser sees it: line ends other than CRLF,
 * folded lines, spaces around names, control characters, lengths that contradict, chunk sizes with anything else in their line. It also
 * knows where each request begins and ends.
 *
 * <pre>
 * METHOD -> TARGET -> VERSION -> (NAME -> VALUE)* -> end of head -> next request
 *                                                        |-> BODY (length) ---------------------^
 *                                                        |-> SIZE -> DATA -> SIZE ... -> trailers ^
 *                                                        +-> VERDICT (upgrade asked for): next request or TRANSPARENT
 * </pre>
 */
final class FramingScanner {
    private static final int METHOD = 0;
    private static final int TARGET = 1;
    private static final int VERSION = 2;
    private static final int LINE_START = 3;
    private static final int NAME = 4;
    private static final int VALUE = 5;
    private static final int LINE_FEED = 6;
    private static final int HEAD_LINE_FEED = 7;
    private static final int BODY = 8;
    private static final int SIZE = 9;
    private static final int EXTENSION = 10;
    private static final int SIZE_LINE_FEED = 11;
    private static final int DATA = 12;
    private static final int DATA_RETURN = 13;
    private static final int DATA_LINE_FEED = 14;
    private static final int VERDICT = 15;
    private static final int TRANSPARENT = 16;

    private static final int LONGEST_EXTENSION = 1024;
    private static final int MOST_SIZE_DIGITS = 14; // The parser behind us counts with 57 bits.
    private static final int FIRST_NAMES = 16;
    private static final int[] NONE = {};

    private final int maxHead;
    private final int maxFields;
    private final int maxTarget;
    private final HeadFields fields = new HeadFields();
    private final StringBuilder text = new StringBuilder(64);

    private int state = METHOD;
    private boolean trailers;
    private boolean collecting;
    private boolean connect;
    private int targetLength;
    private int escaped;
    private String target = "";
    private String name = "";
    private int headSize;
    private int fieldCount;
    private int nameHash;
    private int[] nameHashes = NONE; // of the head that is read
    private final AddressMask mask = new AddressMask();
    private boolean inHost;
    private @Nullable String maskedAuthority;
    private int heads;
    private long announced;
    private long remaining;
    private int digits;
    private int requestStart;
    private @Nullable Violation violation;

    FramingScanner(HttpOptions options) {
        maxHead = options.maxHeadSize();
        maxFields = options.maxHeaderCount();
        maxTarget = options.maxTargetLength();
    }

    /**
     * Scans bytes.
     *
     * @return the index behind the last byte that is fine: the limit if all are; less with a {@link #violation}, when what follows must
     *     wait for the verdict about an upgrade, or before an empty line in front of a request
     */
    int scan(ByteBuffer bytes, int from, int to) {
        requestStart = inHead() && headSize == 0 ? from : -1;
        int at = from;
        while (at < to && violation == null && state != VERDICT) {
            if (state == TRANSPARENT) {
                return to;
            }
            if (state == BODY || state == DATA) {
                int part = (int) Math.min(to - at, remaining);
                at += part;
                remaining -= part;
                if (remaining == 0) {
                    bodyPartEnded();
                }
            } else if (state == VALUE && !collecting) {
                at = value(bytes, at, to);
            } else if (at > from && atStart() && (bytes.get(at) == '\r' || maskedAuthority != null)) {
                return at; // an empty line between two requests, or what concerns the first of them only
            } else {
                step(bytes, at);
                at++;
            }
        }
        return at;
    }

    private void bodyPartEnded() {
        if (state == DATA) {
            state = DATA_RETURN;
        } else {
            requestEnded();
        }
    }

    private void step(ByteBuffer bytes, int at) {
        int c = bytes.get(at) & 0xff;
        if (state == METHOD && headSize == 0) {
            requestStart = at;
        }
        if (state <= HEAD_LINE_FEED && ++headSize > maxHead) {
            refuse(new Violation(trailers ? 400 : 431, "request head: larger than " + maxHead + " bytes"));
            return;
        }
        switch (state) {
            case METHOD -> method(c);
            case TARGET -> {
                if (!text.isEmpty()) {
                    bytes.put(at, mask.inTarget(c, text));
                }
                target(c);
            }
            case VERSION -> version(c);
            case LINE_START -> lineStart(c);
            case NAME -> name(c);
            case VALUE -> {
                if (inHost) {
                    bytes.put(at, mask.inHost(c));
                }
                value(c);
            }
            case LINE_FEED -> expect(c, '\n', LINE_START);
            case HEAD_LINE_FEED -> headLineFeed(c);
            case SIZE -> size(c);
            case EXTENSION -> extension(c);
            case SIZE_LINE_FEED -> sizeLineFeed(c);
            case DATA_RETURN -> expect(c, '\r', DATA_LINE_FEED);
            case DATA_LINE_FEED -> {
                digits = 0;
                remaining = 0;
                expect(c, '\n', SIZE);
            }
            default -> throw new IllegalStateException("scanning a byte in state " + state);
        }
    }

    private void method(int c) {
        if (RequestRules.isMethodCharacter(c) && text.length() < RequestRules.LONGEST_METHOD) {
            text.append((char) c);
        } else if (c == ' ' && !text.isEmpty()) {
            connect = text.length() == 7 && text.indexOf("CONNECT") == 0;
            text.setLength(0);
            targetLength = 0;
            escaped = 0;
            state = TARGET;
        } else {
            unexpected(c, "a method of at most " + RequestRules.LONGEST_METHOD + " letters, and one space");
        }
    }

    private void target(int c) {
        if (c > 0x20 && c < 0x7f) {
            escape(c);
            if (++targetLength > maxTarget) {
                refuse(new Violation(414, "request target: longer than " + maxTarget + " bytes"));
            }
            // A path needs no further look at the whole.
            if (targetLength == 1 || !text.isEmpty()) {
                text.append((char) c);
            }
            if (c == '/' && targetLength == 1) {
                text.setLength(0);
            }
        } else if (c == ' ' && targetLength > 0) {
            escape('/');
            target = text.isEmpty() ? "/" : take();
            state = VERSION;
        } else {
            unexpected(c, "visible ASCII in the request target, and one space behind it");
        }
    }

    /** RFC 3986, 2: what no parser behind us can take differently. */
    private void escape(int c) {
        if (escaped > 0) {
            escaped--;
            if (Character.digit(c, 16) < 0) {
                unexpected(c, "two hexadecimal digits behind % in the request target");
            }
        } else if (c == '%') {
            escaped = 2;
        } else if (!RequestRules.isTargetCharacter(c)) {
            unexpected(c, "no characters in the request target but those of RFC 3986; others as % and two digits");
        }
    }

    private void version(int c) {
        if (c != '\r' && text.length() < 8 && c > 0x20 && c < 0x7f) {
            text.append((char) c);
            return;
        }
        int minor = text.length() == 8 && text.indexOf("HTTP/1.") == 0 ? text.charAt(7) - '0' : -1;
        if (c != '\r') {
            unexpected(c, "HTTP/1.1 and CR");
        } else if (connect && minor >= 0) {
            refuse(new Violation(501, "method: CONNECT (expected: any other; this server opens no tunnels)"));
        } else if (minor == 0 || minor == 1) {
            text.setLength(0);
            fields.requestLine(target, minor);
            state = LINE_FEED;
        } else {
            String version = take();
            refuse(new Violation(
                    version.startsWith("HTTP/") ? 505 : 400,
                    "protocol: " + Tokens.printable(version) + " (expected: HTTP/1.1 or HTTP/1.0)"));
        }
    }

    private void lineStart(int c) {
        if (c == '\r') {
            state = HEAD_LINE_FEED;
        } else if (RequestRules.isNameCharacter(c)) {
            if (++fieldCount > maxFields) {
                refuse(new Violation(trailers ? 400 : 431, "header fields: more than " + maxFields));
            }
            text.append((char) c);
            nameHash = c | 0x20;
            state = NAME;
        } else {
            unexpected(c, "a field name at the beginning of the line; folded lines are not taken");
        }
    }

    private void name(int c) {
        if (RequestRules.isNameCharacter(c)) {
            text.append((char) c);
            nameHash = nameHash * 31 + (c | 0x20);
        } else if (c == ':') {
            countName();
            name = interesting() ? take().toLowerCase(Locale.ROOT) : "";
            collecting = HeadFields.matters(name);
            inHost = name.equals("host");
            mask.begin();
            text.setLength(0);
            if (collecting && trailers) {
                refuse(Violation.bad("trailer field: " + name + " (expected: none that frames or routes a request)"));
            }
            state = VALUE;
        } else {
            unexpected(c, "letters of a field name, and a colon behind it");
        }
    }

    /** Names are compared by a hash: who collides on purpose is refused, and nobody else. */
    private void countName() {
        if (fieldCount > nameHashes.length) {
            nameHashes = Arrays.copyOf(nameHashes, Math.max(FIRST_NAMES, 2 * nameHashes.length));
        }
        nameHashes[fieldCount - 1] = nameHash;
        if (fieldCount <= RequestRules.MOST_OF_ONE_NAME) {
            return;
        }
        int same = 0;
        for (int i = 0; i < fieldCount; i++) {
            same += nameHashes[i] == nameHash ? 1 : 0;
        }
        if (same > RequestRules.MOST_OF_ONE_NAME) {
            refuse(new Violation(
                    trailers ? 400 : 431,
                    "header field " + text + ": more than " + RequestRules.MOST_OF_ONE_NAME
                            + " times (expected: one list)"));
        }
    }

    /** A cheap look before anything is allocated: host, expect, upgrade, content-length, transfer-encoding. */
    private boolean interesting() {
        return switch (text.length()) {
            case 4, 6, 7, 14, 17 -> "hHeEuUcCtT".indexOf(text.charAt(0)) >= 0;
            default -> false;
        };
    }

    private void value(int c) {
        if (c == '\r') {
            if (collecting) {
                refuseIf(fields.field(name, take().strip()));
            }
            inHost = false;
            state = LINE_FEED;
        } else if (RequestRules.isValueCharacter(c)) {
            if (collecting) {
                text.append((char) c);
            }
        } else {
            unexpected(c, "no control characters in a field's value, and CRLF behind it");
        }
    }

    /** The same for a value that nobody collects, as far as it is printable; stops at what {@link #step} must see. */
    private int value(ByteBuffer bytes, int from, int to) {
        int end = (int) Math.min(to, (long) from + maxHead - headSize);
        int at = from;
        while (at < end && RequestRules.isValueCharacter(bytes.get(at) & 0xff)) {
            at++;
        }
        headSize += at - from;
        if (at < to) {
            step(bytes, at);
            at++;
        }
        return at;
    }

    private void headLineFeed(int c) {
        if (c != '\n') {
            unexpected(c, "LF behind CR");
        } else if (trailers) {
            requestEnded();
        } else {
            headEnded();
        }
    }

    private void headEnded() {
        Violation wrong = fields.check();
        if (wrong != null) {
            refuse(wrong);
            return;
        }
        maskedAuthority = mask.takeChanged() ? fields.authority() : null;
        heads++;
        announced = 0;
        remaining = fields.bodyLength();
        if (remaining < 0) {
            remaining = 0;
            digits = 0;
            state = SIZE;
        } else if (remaining > 0) {
            state = BODY;
        } else {
            requestEnded();
        }
    }

    private void size(int c) {
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        if (digit >= 0 && digits < MOST_SIZE_DIGITS) {
            remaining = remaining << 4 | digit;
            digits++;
        } else if (c == '\r' && digits > 0) {
            state = SIZE_LINE_FEED;
        } else if (c == ';' && digits > 0) {
            headSize = 0;
            state = EXTENSION;
        } else {
            if (digit >= 0) {
                announced = Long.MAX_VALUE;
            }
            unexpected(c, "1 to " + MOST_SIZE_DIGITS + " hexadecimal digits as chunk size, and CRLF behind them");
        }
    }

    private void extension(int c) {
        if (c == '\r') {
            state = SIZE_LINE_FEED;
        } else if (c < 0x20 && c != '\t' || c >= 0x7f || ++headSize > LONGEST_EXTENSION) {
            unexpected(
                    c,
                    "at most " + LONGEST_EXTENSION + " printable characters as chunk extension, and CRLF behind them");
        }
    }

    private void sizeLineFeed(int c) {
        if (remaining > 0) {
            announced = Math.max(announced + remaining, announced);
            expect(c, '\n', DATA);
            return;
        }
        trailers = true;
        headSize = 0;
        fieldCount = 0;
        nameHashes = NONE;
        expect(c, '\n', LINE_START);
    }

    private void requestEnded() {
        state = fields.mayUpgrade() ? VERDICT : METHOD;
        trailers = false;
        headSize = 0;
        fieldCount = 0;
        nameHashes = NONE;
        fields.clear();
        text.setLength(0);
    }

    private void expect(int c, char expected, int next) {
        if (c == expected) {
            state = next;
        } else {
            unexpected(c, expected == '\r' ? "CR" : "LF behind CR");
        }
    }

    private void unexpected(int c, String expected) {
        refuse(Violation.bad(String.format("byte 0x%02x (expected: %s)", c, expected)));
    }

    private void refuseIf(@Nullable Violation wrong) {
        if (wrong != null) {
            refuse(wrong);
        }
    }

    private void refuse(Violation wrong) {
        if (violation == null) {
            violation = wrong;
        }
    }

    private String take() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }

    /** What was refused; null while everything is fine. */
    @Nullable
    Violation violation() {
        return violation;
    }

    /** Heads that have ended so far. */
    int heads() {
        return heads;
    }

    /** Bytes of the last request's body that its chunks have announced. */
    long announced() {
        return announced;
    }

    /**
     * The authority of a request, if the parser has been shown another in its place; once.
     *
     * @param head which one, from 1
     */
    @Nullable
    String takeMaskedAuthority(int head) {
        // Nothing behind the request with this authority is scanned before it was taken.
        String sent = head == heads ? maskedAuthority : null;
        maskedAuthority = sent == null ? maskedAuthority : null;
        return sent;
    }

    /** Whether the next byte belongs to a request line or a field of a head. */
    boolean inHead() {
        return state <= HEAD_LINE_FEED && !trailers;
    }

    /** Whether the next byte is the first of a request. */
    boolean atStart() {
        return state == METHOD && headSize == 0 && violation == null;
    }

    /** Whether a head has begun and not ended. */
    boolean headBegun() {
        return inHead() && headSize > 0;
    }

    /** Where, in the bytes scanned last, the head begins that was not complete; -1 if it began before them. */
    int requestStart() {
        return requestStart;
    }

    /** Whether what follows depends on the answer to an upgrade. */
    boolean awaitsVerdict() {
        return state == VERDICT;
    }

    /** Whether everything passes, because the connection does not speak HTTP/1.1 any more. */
    boolean leftHttp() {
        return state == TRANSPARENT;
    }

    /** The connection stays with HTTP, or leaves it. */
    void verdict(boolean leavesHttp) {
        if (leavesHttp) {
            state = TRANSPARENT;
        } else if (state == VERDICT) {
            state = METHOD;
        }
    }
}
