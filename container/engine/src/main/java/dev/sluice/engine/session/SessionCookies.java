package dev.sluice.engine.session;

import dev.sluice.engine.descriptor.SessionDescriptor;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.Cookie;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the session cookies of an application look like (Servlet 6.1, 7.1.1): open for change until {@link #freeze}, by
 * the thread that starts the application; immutable and safe for use by many threads afterwards.
 */
public final class SessionCookies implements SessionCookieConfig {
    /** The name of cookie and path parameter where the application sets none. */
    public static final String DEFAULT_NAME = "JSESSIONID";

    private static final String DOMAIN = "Domain";
    private static final String PATH = "Path";
    private static final String MAX_AGE = "Max-Age";
    private static final String SECURE = "Secure";
    private static final String HTTP_ONLY = "HttpOnly";

    private final Map<String, String> attributes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final String contextPath;
    private @Nullable String name;
    private boolean frozen;

    /**
     * The cookies of an application as its descriptor wants them.
     *
     * @param contextPath the path of the cookies where the application sets none; empty for the root
     */
    public SessionCookies(SessionDescriptor descriptor, SessionOptions options, String contextPath) {
        this.contextPath = contextPath;
        descriptor.cookieAttributes().forEach(this::put);
        setName(descriptor.cookieName());
        boolean httpOnly = descriptor.cookieHttpOnly() == null ? options.cookieHttpOnly() : descriptor.cookieHttpOnly();
        put(HTTP_ONLY, httpOnly || attributes.containsKey(HTTP_ONLY) ? "" : null);
        if (descriptor.cookieDomain() != null) {
            put(DOMAIN, descriptor.cookieDomain());
        }
        if (descriptor.cookiePath() != null) {
            put(PATH, descriptor.cookiePath());
        }
        if (descriptor.cookieSecure() != null) {
            put(SECURE, descriptor.cookieSecure() ? "" : null);
        }
        if (descriptor.cookieMaxAge() != null) {
            setMaxAge(descriptor.cookieMaxAge());
        }
    }

    /** The application has started: from now on every setter throws {@link IllegalStateException}. */
    public void freeze() {
        frozen = true;
    }

    /** The name in effect. */
    public String effectiveName() {
        return name == null ? DEFAULT_NAME : name;
    }

    /**
     * The name of the path parameter of session tracking by URL: {@code jsessionid}, or the cookie's name if the
     * application has set one.
     */
    public String parameterName() {
        return name == null ? "jsessionid" : name;
    }

    /**
     * The cookie that tells a client of its session.
     *
     * @param prefix what a trusted proxy has cut off before the context path; empty for nothing
     */
    public Cookie cookie(String sessionId, boolean secureRequest, String prefix) {
        Cookie cookie = new Cookie(effectiveName(), sessionId);
        attributes.forEach(cookie::setAttribute);
        if (cookie.getPath() == null) {
            String path = prefix + contextPath;
            cookie.setPath(path.isEmpty() ? "/" : path);
        }
        if (secureRequest) {
            cookie.setSecure(true);
        }
        return cookie;
    }

    @Override
    public void setName(@Nullable String value) {
        check();
        if (value != null && !value.isEmpty()) {
            new Cookie(value, "");
        }
        name = value == null || value.isEmpty() ? null : value;
    }

    @Override
    public @Nullable String getName() {
        return name;
    }

    @Override
    public void setDomain(@Nullable String domain) {
        set(DOMAIN, domain);
    }

    @Override
    public @Nullable String getDomain() {
        return attributes.get(DOMAIN);
    }

    @Override
    public void setPath(@Nullable String path) {
        set(PATH, path);
    }

    @Override
    public @Nullable String getPath() {
        return attributes.get(PATH);
    }

    @Override
    @Deprecated(since = "Servlet 6.0", forRemoval = true)
    public void setComment(@Nullable String comment) {
        check();
    }

    @Override
    @Deprecated(since = "Servlet 6.0", forRemoval = true)
    public @Nullable String getComment() {
        return null;
    }

    @Override
    public void setHttpOnly(boolean httpOnly) {
        set(HTTP_ONLY, httpOnly ? "" : null);
    }

    @Override
    public boolean isHttpOnly() {
        return flag(HTTP_ONLY);
    }

    @Override
    public void setSecure(boolean secure) {
        set(SECURE, secure ? "" : null);
    }

    @Override
    public boolean isSecure() {
        return flag(SECURE);
    }

    @Override
    public void setMaxAge(int maxAge) {
        set(MAX_AGE, maxAge < 0 ? null : Integer.toString(maxAge));
    }

    @Override
    public int getMaxAge() {
        String value = attributes.get(MAX_AGE);
        return value == null ? -1 : Integer.parseInt(value);
    }

    @Override
    public void setAttribute(String attribute, @Nullable String value) {
        set(attribute, value);
    }

    @Override
    public @Nullable String getAttribute(String attribute) {
        return attributes.get(attribute);
    }

    @Override
    public Map<String, String> getAttributes() {
        return Collections.unmodifiableMap(attributes);
    }

    private boolean flag(String attribute) {
        String value = attributes.get(attribute);
        return value != null && !value.equalsIgnoreCase("false");
    }

    private void set(String attribute, @Nullable String value) {
        check();
        put(attribute, value);
    }

    private void put(String attribute, @Nullable String value) {
        new Cookie("check", "").setAttribute(attribute, value);
        String kept = value;
        if (attribute != null && (attribute.equalsIgnoreCase(SECURE) || attribute.equalsIgnoreCase(HTTP_ONLY))) {
            kept = value == null || value.equalsIgnoreCase("false") ? null : "";
        }
        if (kept == null) {
            attributes.remove(attribute);
        } else {
            attributes.put(attribute, kept);
        }
    }

    private void check() {
        if (frozen) {
            throw new IllegalStateException("session cookies cannot be configured any more: the application has started"
                    + " (expected: before, from a listener or an initializer)");
        }
    }
}
