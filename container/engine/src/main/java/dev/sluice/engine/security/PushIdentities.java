package dev.sluice.engine.security;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who pushed requests come from. A pushed request carries the identity of the request that pushes it as a token, which is good for one request
 * and a short time; the client learns it when it has been used. The oldest go when there are too many. Safe for use by many threads.
 */
final class PushIdentities {
    private static final String SCHEME = "Sluice-Push ";
    private static final int MOST = 1_000;
    private static final Duration LIFETIME = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final LinkedHashMap<String, Issued> issued = new LinkedHashMap<>();

    private record Issued(Authentication authentication, long until) {}

    PushIdentities(InstantSource clock) {
        this.clock = clock;
    }

    /** The credentials for one pushed request. */
    String issue(Authentication authentication) {
        byte[] bits = new byte[18];
        random.nextBytes(bits);
        String credentials = SCHEME + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        Issued one = new Issued(authentication, clock.millis() + LIFETIME.toMillis());
        synchronized (this) {
            issued.put(credentials, one);
            if (issued.size() > MOST) {
                issued.remove(issued.keySet().iterator().next());
            }
        }
        return credentials;
    }

    /** Whom these credentials stand for, once; null if they are none of ours, or too old. */
    @Nullable
    Authentication take(@Nullable String credentials) {
        if (!isOurs(credentials)) {
            return null;
        }
        Issued one;
        synchronized (this) {
            one = issued.remove(credentials);
        }
        return one != null && clock.millis() < one.until ? one.authentication : null;
    }

    /** Whether they look like ours. */
    static boolean isOurs(@Nullable String credentials) {
        return credentials != null && credentials.startsWith(SCHEME);
    }
}
