package dev.sluice.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Decoded parameters of a query or a form, in order; immutable. Names are compared exactly. */
public final class Parameters {
    /** More parameters than these are refused with 400. */
    public static final int LIMIT = 1000;

    private static final Parameters EMPTY = new Parameters(Map.of());

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Parses {@code application/x-www-form-urlencoded} text in UTF-8.
     *
     * @throws StatusException with 400 if an escape is malformed or not UTF-8, or there are more than {@link #LIMIT}
     */
    public static Parameters parse(String encoded) {
        return parse(encoded, StandardCharsets.UTF_8);
    }

    static Parameters parse(String encoded, Charset charset) {
        if (encoded.isEmpty()) {
            return EMPTY;
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        int count = 0;
        for (int start = 0; start <= encoded.length(); ) {
            int end = encoded.indexOf('&', start);
            end = end < 0 ? encoded.length() : end;
            if (end > start) {
                if (++count > LIMIT) {
                    throw new StatusException(400, "There are more than " + LIMIT + " parameters.");
                }
                int equals = encoded.indexOf('=', start);
                boolean named = equals >= 0 && equals < end;
                String name = decode(encoded.substring(start, named ? equals : end), charset);
                String value = named ? decode(encoded.substring(equals + 1, end), charset) : "";
                values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
            }
            start = end + 1;
        }
        values.replaceAll((name, list) -> List.copyOf(list));
        return new Parameters(Collections.unmodifiableMap(values));
    }

    static Parameters ofForm(Request request) throws IOException {
        String type = request.header("Content-Type").orElse("");
        int end = type.indexOf(';');
        String media = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        if (!media.equals("application/x-www-form-urlencoded")) {
            throw new StatusException(415, "The content type is not application/x-www-form-urlencoded.");
        }
        byte[] body = request.body().bytes();
        return parse(
                new String(body, StandardCharsets.ISO_8859_1), request.body().charset());
    }

    /** The first value of {@code name}. */
    public Optional<String> first(String name) {
        List<String> all = values.get(name);
        return all == null ? Optional.empty() : Optional.of(all.get(0));
    }

    /** All values of {@code name} in order. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** All names with their values, in order of their first appearance. */
    public Map<String, List<String>> asMap() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Parameters that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }

    private static String decode(String text, Charset charset) {
        if (text.indexOf('%') < 0 && isAscii(text)) {
            return text.replace('+', ' ');
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 4);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.put((byte) (digit(text, i + 1) << 4 | digit(text, i + 2)));
                i += 2;
            } else if (c < 0x80) {
                bytes.put((byte) (c == '+' ? ' ' : c));
            } else if (c < 0x100) {
                bytes.put((byte) c);
            } else {
                throw new StatusException(400, "A parameter has a character that is not escaped.");
            }
        }
        try {
            return charset.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new StatusException(400, "A parameter is not proper " + charset.name() + ".", e);
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static int digit(String text, int at) {
        int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        if (digit < 0 || text.charAt(at) >= 0x80) {
            throw new StatusException(400, "A parameter has a malformed escape.");
        }
        return digit;
    }
}
