package dev.sluice.engine.security;

import java.time.Duration;

/**
 * How authentication behaves where the application says nothing.
 *
 * @param maxSavedBody bytes of the body of a request that waits for a login by FORM; a longer one is answered with 413
 * @param loginTime how long a session that only waits for a login lives
 * @param md5 whether DIGEST offers MD5 beside SHA-256: it is weak, but all that older clients know
 * @param nonceTime how long a nonce of DIGEST is good for
 */
public record SecurityOptions(int maxSavedBody, Duration loginTime, boolean md5, Duration nonceTime) {

    /** 4 KiB, 2 minutes, no MD5, 5 minutes. */
    public static final SecurityOptions DEFAULT =
            new SecurityOptions(4 * 1024, Duration.ofMinutes(2), false, Duration.ofMinutes(5));

    public SecurityOptions {
        if (maxSavedBody < 0 || loginTime.toSeconds() < 1 || nonceTime.toSeconds() < 1) {
            throw new IllegalArgumentException("maxSavedBody: " + maxSavedBody + ", loginTime: " + loginTime
                    + ", nonceTime: " + nonceTime + " (expected: >= 0, >= 1 s, >= 1 s)");
        }
    }
}
