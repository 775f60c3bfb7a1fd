package dev.sluice.engine.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A response as it came; bytes as ISO 8859-1 characters, chunks joined, trailers as lines {@code trailer Name: value} behind the body.
 *
 * @param status the status
 * @param head status line and header lines
 * @param body the body
 */
public record RawResponse(int status, String head, String body) {
    static RawResponse parse(String head, String body) {
        return new RawResponse(Integer.parseInt(head.substring(9, 12)), head, body);
    }

    /** All values of a header field. */
    public List<String> headers(String name) {
        List<String> values = new ArrayList<>();
        for (String line : head.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
                values.add(line.substring(colon + 1).trim());
            }
        }
        return values;
    }

    /** The first value of a header field. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }
}
