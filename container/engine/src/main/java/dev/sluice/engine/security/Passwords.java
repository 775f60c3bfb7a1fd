package dev.sluice.engine.security;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes of passwords: {@code pbkdf2-sha256$iterations$salt$hash} and {@code pbkdf2-sha512$...} (salt and hash in
 * base64), and bcrypt ({@code $2a$}, {@code $2b$}, {@code $2y$}).
 */
public final class Passwords {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final int MAX_ITERATIONS = 10_000_000;

    /** The iterations of new hashes, as OWASP advises for SHA-256. */
    public static final int DEFAULT_ITERATIONS = 600_000;

    /** A hash that no password is known for: verifying it takes the time of a real one. */
    static final String OF_NOBODY = "pbkdf2-sha256$" + DEFAULT_ITERATIONS
            + "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static final BCrypt.Verifyer BCRYPT =
            BCrypt.verifyer(BCrypt.Version.VERSION_2B, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2B));

    private Passwords() {}

    /** A new PBKDF2 hash with a random salt. */
    public static String hash(String password) {
        return hash(password, DEFAULT_ITERATIONS);
    }

    /** A new PBKDF2 hash with a random salt and another number of iterations. */
    public static String hash(String password, int iterations) {
        byte[] salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "pbkdf2-sha256$" + iterations + "$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(derive("SHA256", password, salt, iterations, HASH));
    }

    /** Whether text is a hash of a kind that {@link #verify} knows. */
    public static boolean isHash(String text) {
        return text.matches("\\$2[aby]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}")
                || text.matches("pbkdf2-sha(256|512)\\$[0-9]{1,8}\\$[A-Za-z0-9+/]+=*\\$[A-Za-z0-9+/]+=*")
                        && iterations(text) >= 1
                        && iterations(text) <= MAX_ITERATIONS;
    }

    /**
     * Whether a password is the one of a hash. The time does not depend on where they differ. The calling thread waits and does not
     * compute.
     *
     * @throws IllegalArgumentException if the hash is of another kind
     */
    public static boolean verify(String password, String hash) {
        if (!isHash(hash)) {
            throw new IllegalArgumentException("hash of a password is of an unknown kind"
                    + " (expected: pbkdf2-sha256$..., pbkdf2-sha512$... or $2a$..., $2b$..., $2y$...)");
        }
        return HashingThreads.compute(() -> matches(password, hash));
    }

    private static boolean matches(String password, String hash) {
        if (hash.startsWith("$2")) {
            return BCRYPT.verify(password.getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.US_ASCII))
                    .verified;
        }
        String[] parts = hash.split("\\$");
        byte[] expected = Base64.getDecoder().decode(parts[3]);
        byte[] actual = derive(
                parts[0].endsWith("512") ? "SHA512" : "SHA256",
                password,
                Base64.getDecoder().decode(parts[2]),
                iterations(hash),
                expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    private static int iterations(String hash) {
        return Integer.parseInt(hash.split("\\$")[1]);
    }

    private static byte[] derive(String hmac, String password, byte[] salt, int iterations, int length) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, length * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmac" + hmac)
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2WithHmac" + hmac, e);
        } finally {
            spec.clearPassword();
        }
    }
}
