package dev.sluice.admin;

import dev.sluice.api.Request;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The hash that a client says a body has: {@code Content-Digest} or {@code Repr-Digest} with {@code sha-256} (RFC 9530). */
final class Digests {
    private static final int LENGTH = 32;
    private static final Pattern SHA256 = Pattern.compile("(?:^|,)\\s*sha-256=:([A-Za-z0-9+/=]*):\\s*(?=$|,|;)");

    private Digests() {}

    /**
     * The SHA-256 in hexadecimal; empty if the client says none.
     *
     * @throws Problem if it says another hash alone, which would not be looked at, or two that differ
     */
    static Optional<String> sha256(Request request) {
        Optional<String> found = Optional.empty();
        for (String name : List.of("Content-Digest", "Repr-Digest")) {
            List<String> values = request.headers().all(name);
            if (values.isEmpty()) {
                continue;
            }
            String value = String.join(", ", values);
            Matcher matcher = SHA256.matcher(value);
            if (!matcher.find()) {
                throw wrong(name, value);
            }
            String hash = hexadecimal(name, value, matcher.group(1));
            if (found.isPresent() && !found.get().equals(hash)) {
                throw Problem.badRequest(
                        "Content-Digest and Repr-Digest differ (expected: the same hash of the same body)");
            }
            found = Optional.of(hash);
        }
        return found;
    }

    private static String hexadecimal(String name, String value, String encoded) {
        try {
            byte[] hash = Base64.getDecoder().decode(encoded);
            if (hash.length == LENGTH) {
                return HexFormat.of().formatHex(hash);
            }
        } catch (IllegalArgumentException e) {
            // the same answer as for a hash of another length
        }
        throw wrong(name, value);
    }

    private static Problem wrong(String name, String value) {
        return Problem.badRequest(name + ": " + value + " (expected: sha-256=:BASE64:, as RFC 9530 has it)");
    }
}
