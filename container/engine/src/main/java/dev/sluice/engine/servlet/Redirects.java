package dev.sluice.engine.servlet;

import dev.sluice.engine.http.RequestPath;
import dev.sluice.engine.text.Html;
import java.nio.charset.StandardCharsets;

/**
 * The target of a redirect as an absolute URL (Servlet 6.1, 5.5 and {@code sendRedirect}); as a path where the client has not said which
 * host it asks for.
 */
final class Redirects {
    private Redirects() {}

    /**
     * Resolves a location against the request. A URL is ASCII (RFC 3986, 2): other characters are encoded, as UTF-8.
     *
     * @throws IllegalArgumentException if it is null or cannot be resolved
     */
    static String absolute(String location, HttpRequest request) {
        if (location == null) {
            throw new IllegalArgumentException("The location of a redirect is null (expected: a URL)");
        }
        return RequestPath.encodeUrl(resolved(location, request));
    }

    private static String resolved(String location, HttpRequest request) {
        if (hasScheme(location)) {
            return location;
        }
        if (location.startsWith("//")) {
            return request.getScheme() + ":" + location;
        }
        int end = endOfPath(location);
        String path = location.substring(0, end);
        String rest = location.substring(end);
        if (path.isEmpty()) {
            String base = request.getRequestURI();
            boolean onlyFragment = rest.startsWith("#") && request.getQueryString() != null;
            return Origin.location(
                    request.exchange(), base + (onlyFragment ? "?" + request.getQueryString() : "") + rest);
        }
        if (!path.startsWith("/")) {
            String base = request.getRequestURI();
            path = base.substring(0, base.lastIndexOf('/') + 1) + path;
        }
        return Origin.location(request.exchange(), normalised(path, location) + rest);
    }

    private static boolean hasScheme(String location) {
        for (int i = 0; i < location.length(); i++) {
            char character = location.charAt(i);
            if (character == ':') {
                return i > 0;
            }
            boolean allowed = Character.isLetter(character) && character < 128
                    || i > 0
                            && (Character.isDigit(character)
                                    || character == '+'
                                    || character == '-'
                                    || character == '.');
            if (!allowed) {
                return false;
            }
        }
        return false;
    }

    private static int endOfPath(String location) {
        int end = 0;
        while (end < location.length() && location.charAt(end) != '?' && location.charAt(end) != '#') {
            end++;
        }
        return end;
    }

    /** Resolves dot segments as RFC 3986, 5.2.4, except that a path may not climb above the root. */
    private static String normalised(String path, String location) {
        if (!path.contains("/.")) {
            return path;
        }
        StringBuilder out = new StringBuilder(path.length());
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            if (segments[i].equals("..")) {
                int slash = out.lastIndexOf("/");
                if (slash < 0) {
                    throw new IllegalArgumentException("The location of a redirect climbs above the root: \"" + location
                            + "\" (expected: a URL inside the server)");
                }
                out.setLength(slash);
            } else if (!segments[i].equals(".")) {
                out.append('/').append(segments[i]);
                continue;
            }
            if (last) {
                out.append('/');
            }
        }
        return out.toString();
    }

    /** The short note with a link that RFC 9110, 15.4 wants in the body. */
    static byte[] note(String location) {
        String shown = Html.escape(location);
        boolean link = location.startsWith("http://") || location.startsWith("https://") || location.startsWith("/");
        String text = link ? "<a href=\"" + shown + "\">" + shown + "</a>" : shown;
        return ("<!DOCTYPE html><title>Moved</title><p>" + text + "</p>\n").getBytes(StandardCharsets.UTF_8);
    }
}
