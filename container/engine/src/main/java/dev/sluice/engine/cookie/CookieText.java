package dev.sluice.engine.cookie;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Values of cookies outside ASCII. HTTP has no charset for them (RFC 6265, 4.1.1 excludes them), and user agents send UTF-8. Header fields carry
 * bytes, as characters up to U+00FF.
 */
final class CookieText {
    private CookieText() {}

    /** Text as the characters of a header field that stand for its bytes in UTF-8. */
    static String toBytes(String text) {
        return isAscii(text) ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The text that the characters of a header field stand for; the characters themselves where they are no UTF-8. */
    static String fromBytes(String field) {
        if (isAscii(field)) {
            return field;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(field.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException latin) {
            return field;
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
