package dev.sluice.engine.text;

/** Text in JSON (RFC 8259, 7). */
public final class JsonText {
    private JsonText() {}

    /** A string literal with its quotation marks. Halves of surrogate pairs are escaped, so that it can be written in UTF-8. */
    public static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
