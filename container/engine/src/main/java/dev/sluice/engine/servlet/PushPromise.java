package dev.sluice.engine.servlet;

import dev.sluice.engine.http.Headers;
import dev.sluice.engine.security.Authentication;
import dev.sluice.engine.security.Security;
import dev.sluice.engine.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.PushBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds a pushed response (Servlet 6.1, 3.8): begins with the headers of the request, without those that make no sense in a promise. */
public final class PushPromise implements PushBuilder {
    private static final Set<String> CONDITIONAL =
            Set.of("if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range");
    private static final Set<String> LEFT_OUT = Set.of(
            "accept-ranges",
            "range",
            "expect",
            "authorization",
            "referer",
            "cookie",
            "connection",
            "transfer-encoding",
            "content-length",
            "content-type",
            "upgrade",
            "http2-settings");
    private static final Set<String> UNSAFE = Set.of("POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE");

    private final HttpRequest request;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String method = "GET";
    private @Nullable String query;
    private @Nullable String sessionId;
    private @Nullable String path;

    PushPromise(HttpRequest request) {
        this.request = request;
        Headers sent = request.exchange().requestHeaders();
        for (String name : sent.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!LEFT_OUT.contains(lower) && !CONDITIONAL.contains(lower)) {
                headers.put(name, sent.all(name));
            }
        }
        Authentication known = request.identity().authentication();
        if (known != null) {
            headers.put("Authorization", List.of(credentials(known)));
        }
        String cookies = cookies();
        if (!cookies.isEmpty()) {
            headers.put("Cookie", List.of(cookies));
        }
        String referer = request.getRequestURL().toString();
        headers.put(
                "Referer",
                List.of(request.getQueryString() == null ? referer : referer + "?" + request.getQueryString()));
        Session session = request.sessions().get(request.app(), false);
        sessionId = session != null ? session.getId() : request.getRequestedSessionId();
    }

    /** Those of the client where they are good for any request; otherwise of our own, for one. */
    private String credentials(Authentication known) {
        String sent = request.exchange().requestHeaders().first("Authorization");
        return sent != null && known.type().equals(HttpServletRequest.BASIC_AUTH)
                ? sent
                : request.home().security().pushCredentials(known);
    }

    @Override
    public PushBuilder method(String value) {
        if (value == null) {
            throw new NullPointerException("The method of a push is null (expected: GET or HEAD)");
        }
        if (value.isEmpty() || UNSAFE.contains(value.toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "The method of a push: \"" + value + "\" (expected: a safe and cacheable one, such as GET)");
        }
        method = value;
        return this;
    }

    @Override
    public PushBuilder queryString(@Nullable String value) {
        query = value;
        return this;
    }

    @Override
    public PushBuilder sessionId(@Nullable String value) {
        sessionId = value;
        return this;
    }

    @Override
    public PushBuilder setHeader(String name, @Nullable String value) {
        if (value == null) {
            headers.remove(name);
        } else {
            headers.put(name, List.of(value));
        }
        return this;
    }

    @Override
    public PushBuilder addHeader(String name, String value) {
        headers.merge(name, List.of(value), (before, more) -> {
            List<String> all = new ArrayList<>(before);
            all.addAll(more);
            return List.copyOf(all);
        });
        return this;
    }

    @Override
    public PushBuilder removeHeader(String name) {
        headers.remove(name);
        return this;
    }

    @Override
    public PushBuilder path(String value) {
        path = value;
        return this;
    }

    @Override
    public void push() {
        String wanted = path;
        if (wanted == null) {
            throw new IllegalStateException("push() without a path (expected: path(...) before each push)");
        }
        String target = wanted.startsWith("/") ? wanted : request.getContextPath() + "/" + wanted;
        String cookieName = request.app().tracking().cookies().effectiveName();
        if (sessionId != null && request.isRequestedSessionIdFromURL()) {
            target = withParameter(target, request.app().tracking().cookies().parameterName());
        }
        if (query != null && !query.isEmpty()) {
            target += (target.indexOf('?') < 0 ? "?" : "&") + query;
        }
        Headers promised = new Headers();
        headers.forEach((name, values) -> values.forEach(value -> promised.add(name, value)));
        if (sessionId != null && !request.isRequestedSessionIdFromURL()) {
            String others = promised.first("Cookie");
            promised.set("Cookie", (others == null ? "" : others + "; ") + cookieName + "=" + sessionId);
        }
        request.exchange().push(method, target, promised);
        Authentication known = request.identity().authentication();
        if (known != null && Security.arePushCredentials(getHeader("Authorization"))) {
            headers.put("Authorization", List.of(credentials(known))); // for the next push
        }
        // Servlet 6.1, PushBuilder.push: path and conditional headers must be set anew for the next push
        path = null;
        CONDITIONAL.forEach(headers::remove);
    }

    /** What the client has and what the response gives it; a cookie of the response that does not last is taken away. */
    private String cookies() {
        String session = request.app().tracking().cookies().effectiveName();
        Map<String, String> cookies = new LinkedHashMap<>();
        request.cookies().forEach(cookie -> cookies.put(cookie.getName(), cookie.getValue()));
        for (String line : request.exchange().responseHeaders().all("Set-Cookie")) {
            int end = line.indexOf(';') < 0 ? line.length() : line.indexOf(';');
            int equals = line.indexOf('=');
            if (equals < 0 || equals > end) {
                continue; // no cookie, though an application may send it
            }
            String name = line.substring(0, equals);
            if (line.indexOf("; Max-Age=", end) >= 0) {
                cookies.put(name, line.substring(equals + 1, end));
            } else {
                cookies.remove(name);
            }
        }
        cookies.remove(session);
        StringJoiner joined = new StringJoiner("; ");
        cookies.forEach((name, value) -> joined.add(name + "=" + value));
        return joined.toString();
    }

    private String withParameter(String target, String parameter) {
        int end = target.indexOf('?');
        String marker = ";" + parameter + "=" + sessionId;
        return end < 0 ? target + marker : target.substring(0, end) + marker + target.substring(end);
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public @Nullable String getQueryString() {
        return query;
    }

    @Override
    public @Nullable String getSessionId() {
        return sessionId;
    }

    @Override
    public Set<String> getHeaderNames() {
        return new LinkedHashSet<>(headers.keySet());
    }

    @Override
    public @Nullable String getHeader(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    @Override
    public @Nullable String getPath() {
        return path;
    }
}
