package dev.sluice.tck;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The client's side of DIGEST (RFC 7616, 3.4): answers to one challenge.
 *
 * @param challenge the value of a WWW-Authenticate field
 */
record Digest(String challenge) {
    private static final String CLIENT_NONCE = "f2/wE4q74E6zIJEtWaHKaf5wv";

    /** The value of a parameter of the challenge; empty if it is not there. */
    String parameter(String name) {
        Matcher found =
                Pattern.compile("\\b" + name + "=(?:\"([^\"]*)\"|([^,\\s]*))").matcher(challenge);
        if (!found.find()) {
            return "";
        }
        return found.group(1) != null ? found.group(1) : found.group(2);
    }

    /** An Authorization field for a GET with SHA-256. */
    String answer(String user, String password, String uri, int count) throws Exception {
        return answer(user, password, uri, count, "SHA-256");
    }

    String answer(String user, String password, String uri, int count, String algorithm) throws Exception {
        String counted = String.format("%08x", count);
        String secret = hash(algorithm, user + ":" + parameter("realm") + ":" + password);
        String request = hash(algorithm, "GET:" + uri);
        String response =
                hash(algorithm, String.join(":", secret, parameter("nonce"), counted, CLIENT_NONCE, "auth", request));
        return "Digest username=\"" + user + "\", realm=\"" + parameter("realm") + "\", nonce=\"" + parameter("nonce")
                + "\", uri=\"" + uri + "\", algorithm=" + algorithm + ", qop=auth, nc=" + counted + ", cnonce=\""
                + CLIENT_NONCE + "\", response=\"" + response + "\"";
    }

    private static String hash(String algorithm, String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
