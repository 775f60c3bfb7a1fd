package dev.sluice.engine.descriptor;

import jakarta.servlet.SessionTrackingMode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code <session-config>} (Servlet 6.1, 7).
 *
 * @param timeoutMinutes the session-timeout; zero or negative: never; null: not declared
 * @param cookieName null: the container's default, {@code JSESSIONID}
 * @param cookieMaxAge in seconds; null: a session cookie
 * @param cookieAttributes further attributes such as SameSite and Partitioned, by name
 * @param trackingModes empty: the container's default
 */
public record SessionDescriptor(
        @Nullable Integer timeoutMinutes,
        @Nullable String cookieName,
        @Nullable String cookieDomain,
        @Nullable String cookiePath,
        @Nullable Boolean cookieHttpOnly,
        @Nullable Boolean cookieSecure,
        @Nullable Integer cookieMaxAge,
        Map<String, String> cookieAttributes,
        Set<SessionTrackingMode> trackingModes) {

    /** Nothing declared. */
    public static final SessionDescriptor NONE =
            new SessionDescriptor(null, null, null, null, null, null, null, Map.of(), Set.of());

    public SessionDescriptor {
        cookieAttributes = Map.copyOf(cookieAttributes);
        trackingModes = Set.copyOf(trackingModes);
    }
}
