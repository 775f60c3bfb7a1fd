package dev.sluice.engine.cookie;

import dev.sluice.engine.parameter.BadRequestException;
import jakarta.servlet.http.Cookie;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code Cookie} header lines: pairs separated by semicolons (RFC 6265, 4.2.1). Quotes are part of the value, and
 * so is an equals sign after the first. Values are UTF-8, or ISO 8859-1 where they are no UTF-8. A pair without a name, or with a name or value that a {@code Cookie} cannot
 * hold, is left out, as RFC 6265 bids servers to expect anything from user agents.
 */
public final class RequestCookies {
    /** More cookies than any browser keeps for one site. */
    public static final int DEFAULT_MAX_COUNT = 200;

    private RequestCookies() {}

    /**
     * The cookies of a request in the order of the header lines.
     *
     * @throws BadRequestException if there are more than {@code maxCount} pairs, good or bad
     */
    public static List<Cookie> parse(List<String> headerLines, int maxCount) {
        List<Cookie> cookies = new ArrayList<>();
        int pairs = 0;
        for (String line : headerLines) {
            int start = 0;
            while (start < line.length()) {
                int end = line.indexOf(';', start);
                end = end < 0 ? line.length() : end;
                if (end > start && ++pairs > maxCount) {
                    throw BadRequestException.tooMany("cookies", "limits.cookies", maxCount);
                }
                pair(line, start, end, cookies);
                start = end + 1;
            }
        }
        return cookies;
    }

    private static void pair(String line, int start, int end, List<Cookie> cookies) {
        int equals = line.indexOf('=', start);
        if (equals < 0 || equals >= end) {
            return;
        }
        String name = trim(line, start, equals);
        String value = trim(line, equals + 1, end);
        if (Tokens.isToken(name) && isValue(value)) {
            cookies.add(new Cookie(name, CookieText.fromBytes(value)));
        }
    }

    private static String trim(String line, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && (line.charAt(from) == ' ' || line.charAt(from) == '\t')) {
            from++;
        }
        while (to > from && (line.charAt(to - 1) == ' ' || line.charAt(to - 1) == '\t')) {
            to--;
        }
        return line.substring(from, to);
    }

    private static boolean isValue(String value) {
        return value.chars().allMatch(c -> c >= 0x20 && c != 0x7f || c == '\t');
    }
}
