package dev.sluice.engine.resource;

import dev.sluice.engine.header.HttpDate;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** Conditional requests, evaluated in the order of RFC 9110, 13.2.2. */
enum Preconditions {
    /** Answer as without conditions. */
    MET,
    /** 304. */
    NOT_MODIFIED,
    /** 412. */
    FAILED;

    /**
     * Evaluates the conditions of a GET or HEAD.
     *
     * @param entityTag with its quotes
     * @param lastModified milliseconds since the epoch
     */
    static Preconditions evaluate(HttpServletRequest request, String entityTag, long lastModified) {
        long modified = Math.floorDiv(lastModified, 1000L);
        if (request.getHeader("If-Match") != null) {
            if (!matches(request.getHeaders("If-Match"), entityTag, false)) {
                return FAILED;
            }
        } else {
            Long limit = date(request, "If-Unmodified-Since");
            if (limit != null && modified > limit) {
                return FAILED;
            }
        }
        if (request.getHeader("If-None-Match") != null) {
            return matches(request.getHeaders("If-None-Match"), entityTag, true) ? NOT_MODIFIED : MET;
        }
        Long since = date(request, "If-Modified-Since");
        return since != null && modified <= since ? NOT_MODIFIED : MET;
    }

    /** Whether a Range header counts: there is no If-Range, or it names this representation (RFC 9110, 13.1.5). */
    static boolean rangeApplies(HttpServletRequest request, String entityTag, long lastModified) {
        String condition = request.getHeader("If-Range");
        if (condition == null) {
            return true;
        }
        String text = condition.strip();
        if (text.startsWith("\"") || text.startsWith("W/")) {
            return text.equals(entityTag);
        }
        Long date = date(request, "If-Range");
        return date != null && date == Math.floorDiv(lastModified, 1000L);
    }

    private static boolean matches(Enumeration<String> lines, String entityTag, boolean weak) {
        while (lines.hasMoreElements()) {
            if (matches(lines.nextElement(), entityTag, weak)) {
                return true;
            }
        }
        return false;
    }

    /** A list of entity tags; a comma may stand inside of the quotes. */
    private static boolean matches(String list, String entityTag, boolean weak) {
        if (list.strip().equals("*")) {
            return true;
        }
        int at = 0;
        while (at < list.length()) {
            int open = list.indexOf('"', at);
            int close = open < 0 ? -1 : list.indexOf('"', open + 1);
            if (close < 0) {
                return false;
            }
            boolean isWeak = open >= 2 && list.startsWith("W/", open - 2);
            if ((weak || !isWeak) && list.substring(open, close + 1).equals(entityTag)) {
                return true;
            }
            at = close + 1;
        }
        return false;
    }

    /** Seconds since the epoch; null if there is none or it is no date: such a header is ignored (RFC 9110, 13.1.3). */
    private static @Nullable Long date(HttpServletRequest request, String name) {
        String value = request.getHeader(name);
        Long millis = value == null ? null : HttpDate.read(value, Instant.now());
        return millis == null ? null : Math.floorDiv(millis, 1000L);
    }
}
