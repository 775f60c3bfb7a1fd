package dev.sluice.engine.session;

import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.Cookie;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How the requests of an application and their sessions find each other: by cookie, by a path parameter or by the TLS
 * session (Servlet 6.1, 7.1). Open for change until {@link #freeze}; safe for use by many threads afterwards.
 */
public final class SessionTracking {
    /** Cookie and URL, where the application says nothing. */
    public static final Set<SessionTrackingMode> DEFAULT_MODES =
            Collections.unmodifiableSet(EnumSet.of(SessionTrackingMode.COOKIE, SessionTrackingMode.URL));

    private final SessionCookies cookies;
    private final String contextPath;
    private Set<SessionTrackingMode> modes;
    private boolean frozen;

    /**
     * The tracking of an application.
     *
     * @param modes of the descriptor; empty: the default
     * @param contextPath encoded as clients send it; empty for the root
     */
    public SessionTracking(SessionCookies cookies, Set<SessionTrackingMode> modes, String contextPath) {
        this.cookies = cookies;
        this.contextPath = contextPath;
        this.modes = modes.isEmpty() ? DEFAULT_MODES : checked(modes);
    }

    /** The application has started: the modes are final. */
    public void freeze() {
        frozen = true;
        cookies.freeze();
    }

    public SessionCookies cookies() {
        return cookies;
    }

    /** The modes in effect. */
    public Set<SessionTrackingMode> modes() {
        return modes;
    }

    /**
     * Sets the modes.
     *
     * @throws IllegalStateException after the start
     * @throws IllegalArgumentException if SSL is combined with another mode
     */
    public void modes(Set<SessionTrackingMode> value) {
        if (frozen) {
            throw new IllegalStateException("setSessionTrackingModes(" + value
                    + "): the application has started (expected: before, from a listener or an initializer)");
        }
        modes = checked(value);
    }

    private static Set<SessionTrackingMode> checked(Set<SessionTrackingMode> value) {
        if (value.contains(SessionTrackingMode.SSL) && value.size() > 1) {
            throw new IllegalArgumentException(
                    "session tracking modes: " + value + " (expected: SSL alone, or any of COOKIE and URL)");
        }
        return value.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(value));
    }

    /**
     * Finds the session id that a request brings. Of several cookies of the name (browsers send one for each path) the
     * first one of a live session wins, then the first. A cookie wins over the path parameter.
     *
     * @param requestCookies the request's cookies
     * @param pathParameter the value of a path parameter by its name; null where there is none
     * @param tlsSessionId the id of the TLS session, or null
     * @param live whether a live session of this application has an id
     */
    public RequestedSession requested(
            List<Cookie> requestCookies,
            UnaryOperator<@Nullable String> pathParameter,
            @Nullable String tlsSessionId,
            Predicate<String> live) {
        if (modes.contains(SessionTrackingMode.SSL)) {
            return tlsSessionId == null
                    ? RequestedSession.NONE
                    : new RequestedSession(tlsSessionId, SessionTrackingMode.SSL);
        }
        if (modes.contains(SessionTrackingMode.COOKIE)) {
            String found = fromCookies(requestCookies, live);
            if (found != null) {
                return new RequestedSession(found, SessionTrackingMode.COOKIE);
            }
        }
        if (modes.contains(SessionTrackingMode.URL)) {
            String found = pathParameter.apply(cookies.parameterName());
            if (found != null && !found.isEmpty()) {
                return new RequestedSession(found, SessionTrackingMode.URL);
            }
        }
        return RequestedSession.NONE;
    }

    private @Nullable String fromCookies(List<Cookie> requestCookies, Predicate<String> live) {
        String name = cookies.effectiveName();
        String first = null;
        for (Cookie cookie : requestCookies) {
            if (cookie.getName().equals(name)) {
                if (live.test(cookie.getValue())) {
                    return cookie.getValue();
                }
                first = first == null ? cookie.getValue() : first;
            }
        }
        return first;
    }

    /** The cookie for a new session id, or null if this application does not track by cookies. */
    public @Nullable Cookie cookie(String sessionId, boolean secureRequest, String prefix) {
        return modes.contains(SessionTrackingMode.COOKIE) ? cookies.cookie(sessionId, secureRequest, prefix) : null;
    }

    /**
     * {@code encodeURL} (Servlet 6.1, 7.1.3): adds the session id as a path parameter if sessions are tracked by URL, the
     * client did not send the id in a cookie, and the URL leads back into this application on the same host.
     *
     * @param sessionId the id of the request's live session, or null
     * @param requestedBy how the client sent a valid id, or null
     */
    public String encode(
            String url, @Nullable String sessionId, @Nullable SessionTrackingMode requestedBy, RequestOrigin request) {
        if (url == null
                || url.isEmpty()
                || sessionId == null
                || !modes.contains(SessionTrackingMode.URL)
                || requestedBy == SessionTrackingMode.COOKIE
                || url.charAt(0) == '#') {
            return url;
        }
        String path = pathInside(url, request);
        String marker = ";" + cookies.parameterName() + "=";
        if (path == null || path.contains(marker)) {
            return url;
        }
        int end = pathEnd(url, 0);
        String before = end == 0 ? lastSegment(request.path()) : url.substring(0, end);
        boolean bareHost = end > 0 && pathStart(url) == end;
        return before + (bareHost ? "/" : "") + marker + sessionId + url.substring(end);
    }

    /** The normalised path of a URL if it leads into this application, else null. */
    private @Nullable String pathInside(String url, RequestOrigin request) {
        int start = pathStart(url);
        if (start < 0) {
            return null;
        }
        if (start > 0 && !sameOrigin(url.substring(0, start), request)) {
            return null;
        }
        String path = url.substring(start, pathEnd(url, start));
        boolean relative = start == 0 && !path.startsWith("/");
        String whole = relative ? request.path().substring(0, request.path().lastIndexOf('/') + 1) + path : path;
        String normal = normalised(whole.isEmpty() ? "/" : whole);
        String context = request.prefix() + contextPath;
        boolean inside = normal != null
                && normal.startsWith(context)
                && (normal.length() == context.length() || "/;".indexOf(normal.charAt(context.length())) >= 0);
        return inside ? normal : null;
    }

    /** Where the path begins: 0 for a relative reference, -1 for a scheme other than http and https. */
    private static int pathStart(String url) {
        int authority;
        if (url.startsWith("//")) {
            authority = 2;
        } else {
            int colon = url.indexOf(':');
            if (colon < 0 || colon > firstOf(url, "/?#;", 0)) {
                return 0;
            }
            String scheme = url.substring(0, colon).toLowerCase(Locale.ROOT);
            if (!(scheme.equals("http") || scheme.equals("https")) || !url.startsWith("//", colon + 1)) {
                return -1;
            }
            authority = colon + 3;
        }
        return firstOf(url, "/?#;", authority);
    }

    private static int pathEnd(String url, int from) {
        return firstOf(url, "?#", from);
    }

    private static int firstOf(String text, String wanted, int from) {
        int i = from;
        while (i < text.length() && wanted.indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    private static boolean sameOrigin(String prefix, RequestOrigin request) {
        String text = prefix.toLowerCase(Locale.ROOT);
        String scheme = text.startsWith("//") ? request.scheme() : text.substring(0, text.indexOf(':'));
        String authority = text.substring(text.indexOf("//") + 2);
        int colon = authority.lastIndexOf(':');
        boolean explicit = colon > authority.lastIndexOf(']');
        String host = explicit ? authority.substring(0, colon) : authority;
        String port = explicit && colon + 1 < authority.length()
                ? authority.substring(colon + 1)
                : scheme.equals("https") ? "443" : "80";
        return scheme.equalsIgnoreCase(request.scheme())
                && host.equalsIgnoreCase(request.host())
                && port.equals(Integer.toString(request.port()));
    }

    /** Resolves dot segments; null if they lead above the root. */
    private static @Nullable String normalised(String path) {
        Deque<String> segments = new ArrayDeque<>();
        String[] parts = path.split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i];
            boolean last = i == parts.length - 1;
            if (part.equals("..")) {
                if (segments.pollLast() == null) {
                    return null;
                }
            } else if (!part.equals(".")) {
                segments.add(part);
                continue;
            }
            if (last) {
                segments.add("");
            }
        }
        return "/" + String.join("/", segments);
    }

    private static String lastSegment(String path) {
        String segment = path.substring(path.lastIndexOf('/') + 1);
        return segment.substring(0, firstOf(segment, ";", 0));
    }

    /**
     * What a relative URL is relative to.
     *
     * @param host as in the Host header, without the port
     * @param path the request URI, undecoded
     * @param prefix what a trusted proxy has cut off before the context path; empty for nothing
     */
    public record RequestOrigin(String scheme, String host, int port, String path, String prefix) {}
}
