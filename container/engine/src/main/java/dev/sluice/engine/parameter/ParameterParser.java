package dev.sluice.engine.parameter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads {@code application/x-www-form-urlencoded} text: pairs separated by {@code &}, {@code +} for a space, {@code %nn}
 * for a byte of the charset. An empty pair is skipped, a pair without {@code =} has the empty value. Safe for use by
 * many threads.
 */
public final class ParameterParser {
    private static final int CHUNK = 8 * 1024;

    private final ParameterLimits limits;

    public ParameterParser(ParameterLimits limits) {
        this.limits = limits;
    }

    /** An empty collection with this parser's limit on the count. */
    public Parameters newParameters() {
        return new Parameters(limits.maxCount());
    }

    /**
     * Adds the parameters of a query string.
     *
     * @param query as sent, without the question mark
     * @throws BadRequestException on a bad percent sequence, bytes that the charset does not know, or too many
     */
    public void query(String query, Charset charset, Parameters into) {
        // Characters above 0x7f in a query string are bytes that the client did not encode.
        boolean raw = false;
        for (int i = 0; i < query.length() && !raw; i++) {
            raw = query.charAt(i) > 0xff;
        }
        byte[] bytes = query.getBytes(raw ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        parse(bytes, bytes.length, charset, into);
    }

    /**
     * Adds the parameters of a query string that an application wrote, as for a dispatch: its characters are text, and what is percent-encoded is
     * in the charset of the request or, where an application did not know that, in UTF-8 or ISO 8859-1.
     *
     * @param query without the question mark
     * @throws BadRequestException on a bad percent sequence, or too many
     */
    public void text(String query, Charset charset, Parameters into) {
        boolean usable =
                "&=%".getBytes(charset).length == 3 && charset.newEncoder().canEncode(query);
        Charset used = usable ? charset : StandardCharsets.UTF_8;
        byte[] bytes = query.getBytes(used);
        Parameters own = newParameters();
        try {
            parse(bytes, bytes.length, used, own);
        } catch (BadRequestException otherCharset) {
            if (!StandardCharsets.ISO_8859_1.newEncoder().canEncode(query)) {
                throw otherCharset;
            }
            // Every byte is a character of ISO 8859-1: what is refused again is malformed.
            own = newParameters();
            byte[] latin = query.getBytes(StandardCharsets.ISO_8859_1);
            parse(latin, latin.length, StandardCharsets.ISO_8859_1, own);
        }
        into.addAll(own);
    }

    /**
     * Adds the parameters of a form body and reads the body to its end.
     *
     * @param contentLength the announced length, or a negative number
     * @throws BadRequestException on a bad percent sequence, bytes that the charset does not know, too many or too large
     */
    public void form(InputStream body, long contentLength, Charset charset, Parameters into) throws IOException {
        long max = limits.maxFormSize();
        if (contentLength > max) {
            throw BadRequestException.tooLarge("form", ParameterLimits.FORM_KEY, max);
        }
        byte[] bytes = new byte[(int) Math.max(64, Math.min(CHUNK, contentLength))];
        int length = 0;
        for (int n; (n = body.read(bytes, length, bytes.length - length)) >= 0; ) {
            length += n;
            if (length > max) {
                throw BadRequestException.tooLarge("form", ParameterLimits.FORM_KEY, max);
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L));
            }
        }
        parse(bytes, length, charset, into);
    }

    private static void parse(byte[] bytes, int length, Charset charset, Parameters into) {
        int start = 0;
        while (start < length) {
            int end = indexOf(bytes, (byte) '&', start, length);
            if (end > start) {
                int equals = indexOf(bytes, (byte) '=', start, end);
                String name = decode(bytes, start, equals, charset);
                into.add(name, equals < end ? decode(bytes, equals + 1, end, charset) : "");
            }
            start = end + 1;
        }
    }

    private static int indexOf(byte[] bytes, byte wanted, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != wanted) {
            i++;
        }
        return i;
    }

    private static String decode(byte[] bytes, int from, int to, Charset charset) {
        byte[] decoded = new byte[to - from];
        int length = 0;
        boolean ascii = true;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '+') {
                b = ' ';
            } else if (b == '%') {
                b = percent(bytes, i, to);
                i += 2;
            }
            ascii &= b >= 0;
            decoded[length++] = b;
        }
        if (ascii && charset.equals(StandardCharsets.UTF_8)) {
            return new String(decoded, 0, length, StandardCharsets.ISO_8859_1);
        }
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(decoded, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw BadRequestException.malformed(
                    "parameter holds bytes that are no " + charset.name() + ": " + printable(bytes, from, to)
                            + " (expected: text in that charset, percent-encoded)",
                    e);
        }
    }

    private static byte percent(byte[] bytes, int at, int to) {
        int high = at + 2 < to ? Character.digit(bytes[at + 1], 16) : -1;
        int low = at + 2 < to ? Character.digit(bytes[at + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw BadRequestException.malformed("bad percent-encoding in a parameter: "
                    + printable(bytes, at, Math.min(to, at + 3)) + " (expected: % and two hexadecimal digits)");
        }
        return (byte) (high << 4 | low);
    }

    private static String printable(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = from; i < Math.min(to, from + 40); i++) {
            text.append(bytes[i] > 0x20 && bytes[i] < 0x7f ? (char) bytes[i] : '?');
        }
        return text.append('"').toString();
    }
}
