package dev.sluice.deploy.access;

import dev.sluice.war.archive.ContentHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is sent as {@code Authorization: Bearer}: {@code sluice_ID_SECRET}. The id is public and names the token in lists; the secret has
 * 256 random bits, so a plain hash of it cannot be turned round.
 *
 * @param id eight hexadecimal digits
 * @param text the whole of it
 */
public record Token(String id, String text) {
    private static final Pattern SYNTAX = Pattern.compile("sluice_([0-9a-f]{8})_[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new one. */
    public static Token random() {
        byte[] id = new byte[4];
        byte[] secret = new byte[32];
        RANDOM.nextBytes(id);
        RANDOM.nextBytes(secret);
        String name = HexFormat.of().formatHex(id);
        return new Token(
                name,
                "sluice_" + name + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** The token in a text; empty if it is none. */
    public static Optional<Token> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        return matcher.matches() ? Optional.of(new Token(matcher.group(1), text)) : Optional.empty();
    }

    /** What is stored of it: SHA-256 in hexadecimal. */
    String hash() {
        return ContentHash.ofText(text);
    }

    /** Whether two texts are the same, in a time that does not tell where they differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "token " + id;
    }
}
