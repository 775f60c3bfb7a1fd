package dev.sluice.engine.resource;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;

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
        long seconds = lastModified / 1000;
        if (request.getHeader("If-Match") != null) {
            if (!matches(request.getHeaders("If-Match"), entityTag, false)) {
                return FAILED;
            }
        } else {
            long limit = date(request, "If-Unmodified-Since");
            if (limit >= 0 && seconds > limit / 1000) {
                return FAILED;
            }
        }
        if (request.getHeader("If-None-Match") != null) {
            return matches(request.getHeaders("If-None-Match"), entityTag, true) ? NOT_MODIFIED : MET;
        }
        long since = date(request, "If-Modified-Since");
        return since >= 0 && seconds <= since / 1000 ? NOT_MODIFIED : MET;
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
        return date(request, "If-Range") / 1000 == lastModified / 1000;
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

    /** -1 if there is none or it is no date: such a header is ignored (RFC 9110, 13.1.3). */
    private static long date(HttpServletRequest request, String name) {
        try {
            return request.getDateHeader(name);
        } catch (IllegalArgumentException noDate) {
            return -1;
        }
    }
}
