package dev.sluice.engine.cookie;

import jakarta.servlet.http.Cookie;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the value of a {@code Set-Cookie} header line (RFC 6265, 4.1): name, value, {@code Expires} beside
 * {@code Max-Age} for old user agents, then the other attributes by name. An attribute with an empty value is a flag.
 */
public final class SetCookie {
    private static final DateTimeFormatter EXPIRES = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Instant LONG_AGO = Instant.ofEpochSecond(10);

    private SetCookie() {}

    /**
     * The header value.
     *
     * @throws IllegalArgumentException if the name, the value or an attribute holds a character that would end or
     *     break it, such as a line break, NUL or semicolon
     */
    public static String render(Cookie cookie, InstantSource clock) {
        String value = cookie.getValue() == null ? "" : cookie.getValue();
        if (!Tokens.isToken(cookie.getName())) {
            throw refused(cookie, "name", cookie.getName(), "a token of RFC 9110");
        }
        checkValue(cookie, value);
        StringBuilder header =
                new StringBuilder(64).append(cookie.getName()).append('=').append(CookieText.toBytes(value));
        for (Map.Entry<String, String> attribute : cookie.getAttributes().entrySet()) {
            attribute(cookie, attribute.getKey(), attribute.getValue(), clock, header);
        }
        return header.toString();
    }

    private static void attribute(Cookie cookie, String name, String value, InstantSource clock, StringBuilder header) {
        if (!Tokens.isToken(name)) {
            throw refused(cookie, "attribute name", name, "a token of RFC 9110");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c >= 0x7f || c == ';') {
                throw refused(cookie, "attribute " + name, value, "printable ASCII without a semicolon");
            }
        }
        if (name.equalsIgnoreCase("Max-Age")) {
            int seconds = Integer.parseInt(value);
            Instant end = seconds == 0 ? LONG_AGO : clock.instant().plusSeconds(seconds);
            header.append("; Expires=").append(EXPIRES.format(end));
            if (seconds <= 0) {
                // RFC 6265, 4.1.1: servers send only positive values of Max-Age
                return;
            }
        }
        header.append("; ").append(name);
        if (!value.isEmpty()) {
            header.append('=').append(value);
        }
    }

    /** RFC 6265 cookie-octets; blanks, commas, quotes and text outside ASCII, as UTF-8, are let through, as applications send them. */
    private static void checkValue(Cookie cookie, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c == 0x7f || c == ';') {
                throw refused(cookie, "value", value, "no control character or semicolon");
            }
        }
    }

    private static IllegalArgumentException refused(Cookie cookie, String part, String text, String expected) {
        StringBuilder shown = new StringBuilder();
        text.chars().limit(60).forEach(c -> shown.append(c < 0x20 || c >= 0x7f ? '?' : (char) c));
        return new IllegalArgumentException("cookie " + (part.equals("name") ? "" : cookie.getName() + ": ") + part
                + " \"" + shown + "\" refused (expected: " + expected + "); encode the text first");
    }
}
