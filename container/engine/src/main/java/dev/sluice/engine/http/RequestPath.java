package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.Tokens;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request after the canonicalisation of Servlet 6.1, 3.5.2: parameters set aside, percent escapes decoded as UTF-8,
 * empty and dot segments removed. A path with a suspicious sequence never becomes a {@code RequestPath}.
 *
 * @param raw the path as sent
 * @param decoded the canonical path; begins with a slash
 * @param parameters the path parameters in order, as sent, without their semicolons ({@code jsessionid=1})
 */
public record RequestPath(String raw, String decoded, List<String> parameters) {
    /** The asterisk of {@code OPTIONS *}, which means the server and no path. */
    public static final RequestPath ASTERISK = new RequestPath("*", "*", List.of());

    /** Copies the list. */
    public RequestPath {
        parameters = List.copyOf(parameters);
    }

    /** The value of the first path parameter with this name, undecoded; null if there is none. */
    public @Nullable String parameter(String name) {
        for (String parameter : parameters) {
            if (parameter.startsWith(name)
                    && parameter.length() > name.length()
                    && parameter.charAt(name.length()) == '=') {
                return parameter.substring(name.length() + 1);
            }
        }
        return null;
    }

    /** The path as sent, without its parameters: what may be shown, for they may be ids of sessions. */
    public String shown() {
        return parameters.isEmpty() ? raw : raw.replaceAll(";[^/]*", "");
    }

    /**
     * The canonical form of a path without query.
     *
     * @throws BadRequestException for a path that does not begin with a slash, an escape that is not one or not UTF-8, an encoded slash,
     *     backslashes, control characters, encoded dot segments, dot or empty segments with parameters, and a path that leaves the root
     */
    public static RequestPath parse(String raw) {
        if (isPlain(raw)) {
            return new RequestPath(raw, raw, List.of());
        }
        return new Canonicalisation(raw).result();
    }

    /**
     * Text as a path that {@link #parse} decodes to the same text: UTF-8, with an escape for everything but letters, digits and what
     * RFC 3986, 3.3 lets stand in a path, less the semicolon.
     */
    public static String encode(String text) {
        return escape(text, "-._~!$&'()*+,=:@/");
    }

    /** A URL with its characters outside ASCII escaped, as UTF-8 (RFC 3987, 3.1); what it has of ASCII stays as it is. */
    public static String encodeUrl(String url) {
        return escape(url, c -> c < 0x80);
    }

    /**
     * The path of a dispatch as an application writes it: a URL path (Servlet 6.1, 9.1), except that characters outside ASCII, and blanks, need
     * no escape.
     *
     * @throws BadRequestException as {@link #parse}
     */
    public static RequestPath ofText(String text) {
        return parse(isPlain(text) ? text : escape(text, "-._~!$&'()*+,=:@/;%?#\\[]<>{}|^`\"\0\t\r\n"));
    }

    private static String escape(String text, String kept) {
        return escape(text, c -> {
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            return letter || kept.indexOf(c) >= 0;
        });
    }

    private static String escape(String text, IntPredicate kept) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (kept.test(c)) {
                escaped.append(c);
            } else {
                escaped.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return escaped.toString();
    }

    /** True for what needs no work: ASCII without escapes, parameters, dots at the beginning of a segment and doubled slashes. */
    static boolean isPlain(String raw) {
        if (raw.isEmpty() || raw.charAt(0) != '/') {
            return false;
        }
        char before = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= 0x20 || c >= 0x7f || c == '%' || c == ';' || c == '\\' || c == '#' || c == '?') {
                return false;
            }
            if (before == '/' && (c == '/' || c == '.')) {
                return false;
            }
            before = c;
        }
        return true;
    }

    /** One walk over the segments. */
    private static final class Canonicalisation {
        private final String raw;
        private final List<String> segments = new ArrayList<>();
        private final List<String> parameters = new ArrayList<>();

        Canonicalisation(String raw) {
            this.raw = raw;
        }

        RequestPath result() {
            if (raw.isEmpty() || raw.charAt(0) != '/') {
                throw bad("it does not begin with a slash");
            }
            boolean endsWithSlash = false;
            int from = 1;
            while (from <= raw.length()) {
                int to = raw.indexOf('/', from);
                int end = to < 0 ? raw.length() : to;
                endsWithSlash = segment(raw.substring(from, end), to < 0);
                from = end + 1;
            }
            StringBuilder path = new StringBuilder(raw.length());
            for (String segment : segments) {
                path.append('/').append(segment);
            }
            if (endsWithSlash || path.isEmpty()) {
                path.append('/');
            }
            return new RequestPath(raw, path.toString(), parameters);
        }

        /** Takes a segment; true if the path ends with a slash should this be the last. */
        private boolean segment(String sent, boolean isLast) {
            int semicolon = sent.indexOf(';');
            String name = semicolon < 0 ? sent : sent.substring(0, semicolon);
            String decoded = decode(name);
            boolean dots = decoded.equals(".") || decoded.equals("..");
            if (semicolon >= 0) {
                if (dots || decoded.isEmpty() && !isLast) {
                    throw bad("a dot or empty segment has parameters");
                }
                for (String parameter : sent.substring(semicolon + 1).split(";", -1)) {
                    if (!parameter.isEmpty()) {
                        decode(parameter);
                        parameters.add(parameter);
                    }
                }
            }
            if (dots && name.length() != decoded.length()) {
                throw bad("a dot segment is encoded");
            }
            if (decoded.equals("..")) {
                if (segments.isEmpty()) {
                    throw bad("it leaves the root");
                }
                segments.remove(segments.size() - 1);
            }
            if (dots || decoded.isEmpty()) {
                return true;
            }
            segments.add(decoded);
            return false;
        }

        private String decode(String text) {
            boolean plain = true;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < 0x20 || c == 0x7f || c == '\\' || c == '#' || c == '?') {
                    throw bad("it has the character " + Tokens.printable(String.valueOf(c)));
                }
                plain &= c != '%' && c < 0x80;
            }
            return plain ? text : decodeEscapes(text);
        }

        private String decodeEscapes(String text) {
            // The parser hands over bytes as ISO 8859-1 characters: both those and the escapes are UTF-8.
            ByteBuffer bytes = ByteBuffer.allocate(text.length());
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '%') {
                    int value = i + 2 < text.length() ? hex(text.charAt(i + 1), text.charAt(i + 2)) : -1;
                    if (value < 0) {
                        throw bad("an escape is not two hexadecimal digits");
                    }
                    if (value < 0x20 || value == 0x7f || value == '/' || value == '\\') {
                        throw bad(String.format("it has the encoded character %%%02X", value));
                    }
                    bytes.put((byte) value);
                    i += 2;
                } else if (c > 0xff) {
                    throw bad("it has characters beyond bytes");
                } else {
                    bytes.put((byte) c);
                }
            }
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(bytes.flip())
                        .toString();
            } catch (CharacterCodingException e) {
                throw bad("its bytes are not UTF-8");
            }
        }

        private static int hex(char high, char low) {
            int value = Character.digit(high, 16) << 4 | Character.digit(low, 16);
            return high < 0x80 && low < 0x80 ? value : -1;
        }

        private BadRequestException bad(String why) {
            return new BadRequestException("request path: " + Tokens.printable(raw) + ": " + why);
        }
    }
}
