package dev.sluice.engine.error;

import dev.sluice.engine.header.Weight;
import dev.sluice.engine.http.Statuses;
import dev.sluice.engine.text.Html;
import dev.sluice.engine.text.JsonText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client is shown of a request that failed, where the application has no page of its own: HTML for people, and problem details (RFC
 * 9457) for programs, whichever the request's {@code Accept} prefers. Both say the same, and everything that comes from elsewhere is escaped.
 *
 * @param contentType the type of the content
 * @param content the page in UTF-8
 */
public record FailurePage(String contentType, byte[] content) {
    private static final String HTML = "text/html;charset=UTF-8";
    private static final String PROBLEM = "application/problem+json";

    /**
     * A page.
     *
     * @param status the status of the response
     * @param message what is shown beside the status; null for nothing
     * @param requestId shown, so that it can be found in the log; empty for none
     * @param failure shown with its trace; null shows none
     * @param accept the lines of the request's {@code Accept} field
     */
    public static FailurePage of(
            int status, @Nullable String message, String requestId, @Nullable Throwable failure, List<String> accept) {
        String trace = failure == null ? null : trace(failure);
        boolean json = prefersJson(accept);
        String text = json ? problem(status, message, requestId, trace) : html(status, message, requestId, trace);
        return new FailurePage(json ? PROBLEM : HTML, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whoever takes both alike, as browsers do by a wildcard, gets the page. */
    private static boolean prefersJson(List<String> accept) {
        if (accept.isEmpty()) {
            return false;
        }
        int json = Math.max(Weight.ofMediaType(accept, "application/json"), Weight.ofMediaType(accept, PROBLEM));
        return json > Weight.ofMediaType(accept, "text/html");
    }

    private static String html(int status, @Nullable String message, String requestId, @Nullable String trace) {
        String title = Html.escape(title(status));
        StringBuilder page = new StringBuilder(256)
                .append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(title)
                .append("</title></head><body><h1>")
                .append(title)
                .append("</h1>\n");
        if (message != null && !message.isEmpty()) {
            page.append("<p>").append(Html.escape(message)).append("</p>\n");
        }
        if (!requestId.isEmpty()) {
            page.append("<p>Request ").append(Html.escape(requestId)).append("</p>\n");
        }
        if (trace != null) {
            page.append("<pre>").append(Html.escape(trace)).append("</pre>\n");
        }
        return page.append("</body></html>\n").toString();
    }

    private static String title(int status) {
        return (status + " " + Statuses.reason(status)).strip();
    }

    private static String problem(int status, @Nullable String message, String requestId, @Nullable String trace) {
        StringBuilder json = new StringBuilder(128)
                .append("{\"type\":\"about:blank\",\"title\":")
                .append(JsonText.quote(Statuses.reason(status)))
                .append(",\"status\":")
                .append(status);
        member(json, "detail", message);
        member(json, "requestId", requestId);
        member(json, "trace", trace);
        return json.append("}\n").toString();
    }

    private static void member(StringBuilder json, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            json.append(",\"").append(name).append("\":").append(JsonText.quote(value));
        }
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }
}
