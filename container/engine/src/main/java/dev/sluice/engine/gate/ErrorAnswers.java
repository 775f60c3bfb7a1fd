package dev.sluice.engine.gate;

import dev.sluice.engine.error.Refusals;
import dev.sluice.engine.http.Answer;
import dev.sluice.engine.http.Headers;
import dev.sluice.engine.http.Statuses;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The one place that turns a failure into a response. Everything that comes from elsewhere is escaped. */
public final class ErrorAnswers {
    private ErrorAnswers() {}

    /** The status for a failure of application code. */
    public static int status(Throwable failure) {
        Integer refused = Refusals.status(failure);
        return refused == null ? 500 : refused;
    }

    /**
     * A page for a status.
     *
     * @param requestId shown, so that it can be found in the log
     * @param failure shown with its trace; null shows nothing
     */
    public static Answer page(int status, String requestId, @Nullable Throwable failure) {
        StringBuilder page = new StringBuilder(256);
        String title = status + " " + Statuses.reason(status);
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(title)
                .append("</title></head><body><h1>")
                .append(title)
                .append("</h1>\n");
        if (!requestId.isEmpty()) {
            page.append("<p>Request ").append(escape(requestId)).append("</p>\n");
        }
        if (failure != null) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace, true));
            page.append("<pre>").append(escape(trace.toString())).append("</pre>\n");
        }
        page.append("</body></html>\n");
        Headers headers =
                new Headers().add("Content-Type", "text/html;charset=UTF-8").add("Cache-Control", "no-store");
        if (status == 503) {
            headers.add("Retry-After", "1");
        }
        return new Answer(status, headers, page.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Text that is safe inside HTML elements and quoted attributes. */
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
