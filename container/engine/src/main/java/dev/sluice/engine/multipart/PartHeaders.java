package dev.sluice.engine.multipart;

import dev.sluice.engine.parameter.BadRequestException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The header of one part: immutable after {@link #parse}. */
final class PartHeaders {
    private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ContentType disposition;

    private PartHeaders(String text) {
        String name = null;
        for (String line : text.split("\r?\n")) {
            boolean folded = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            int colon = line.indexOf(':');
            if (folded && name != null) {
                List<String> values = fields.get(name);
                if (values != null) {
                    values.set(values.size() - 1, values.get(values.size() - 1) + " " + line.strip());
                }
            } else if (colon > 0) {
                name = line.substring(0, colon).strip();
                fields.computeIfAbsent(name, key -> new ArrayList<>(1))
                        .add(line.substring(colon + 1).strip());
            }
        }
        String value = first("Content-Disposition");
        disposition = ContentType.parse(value == null ? "" : value);
    }

    /**
     * Reads a header.
     *
     * @throws BadRequestException if it does not name the part
     */
    static PartHeaders parse(String text) {
        PartHeaders headers = new PartHeaders(text);
        if (!headers.disposition.value().equals("form-data") || headers.disposition.parameter("name") == null) {
            throw BadRequestException.malformed(
                    "part of a multipart request without a name (expected: Content-Disposition: form-data; name=...)");
        }
        return headers;
    }

    @Nullable
    String first(String name) {
        List<String> values = fields.get(name);
        return values == null ? null : values.get(0);
    }

    List<String> all(String name) {
        return List.copyOf(fields.getOrDefault(name, List.of()));
    }

    List<String> names() {
        return List.copyOf(fields.keySet());
    }

    String name() {
        String name = disposition.parameter("name");
        return name == null ? "" : name;
    }

    /** As the client sent it, a path possibly; null for a field. */
    @Nullable
    String fileName() {
        String extended = disposition.parameter("filename*");
        String decoded = extended == null ? null : extended(extended);
        return decoded == null ? disposition.parameter("filename") : decoded;
    }

    /** RFC 8187: charset, language and percent-encoded text between apostrophes; null if it is not that. */
    private static @Nullable String extended(String value) {
        int first = value.indexOf('\'');
        int second = value.indexOf('\'', first + 1);
        if (first < 0 || second < 0) {
            return null;
        }
        try {
            Charset charset = Charset.forName(value.substring(0, first));
            return URLDecoder.decode(value.substring(second + 1).replace("+", "%2B"), charset);
        } catch (IllegalArgumentException notThat) {
            return null;
        }
    }
}
