package dev.sluice.engine.session;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes session ids: 160 random bits in the alphabet of base64url. Safe for use by many threads. */
final class SessionIds {
    private static final int BYTES = 20;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random = new SecureRandom();

    String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return ENCODER.encodeToString(bytes);
    }
}
