package dev.sluice.engine.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Responses that say by their fields that they have no end to come to: server-sent events ({@code text/event-stream}), parts that replace
 * each other ({@code multipart/x-mixed-replace}), and whatever has {@code X-Accel-Buffering: no}, with which applications tell proxies so.
 */
final class DeclaredStreams {
    private DeclaredStreams() {}

    static boolean declared(Headers fields) {
        String type = lower(fields.first("Content-Type"));
        return type.startsWith("text/event-stream")
                || type.startsWith("multipart/x-mixed-replace")
                || lower(fields.first("X-Accel-Buffering")).equals("no");
    }

    private static String lower(@Nullable String value) {
        return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    }
}
