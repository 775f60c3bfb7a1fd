package dev.sluice.deploy.log;

import dev.sluice.deploy.json.Json;
import dev.sluice.engine.observe.CompletedRequest;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lines of the access log. What a client sends is escaped, so that it cannot end a field or a line. */
public final class AccessFormat {
    private AccessFormat() {}

    /**
     * The format of this name.
     *
     * @param name common, combined or json
     */
    public static Function<CompletedRequest, String> of(String name, ZoneId zone) {
        DateTimeFormatter time = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
                .withZone(zone);
        return switch (name) {
            case "common" -> request -> common(request, time);
            case "combined" ->
                request -> common(request, time) + " \"" + field(request.referer()) + "\" \""
                        + field(request.userAgent()) + "\"";
            case "json" -> AccessFormat::json;
            default ->
                throw new IllegalArgumentException(
                        "access log format: " + name + " (expected: common, combined or json)");
        };
    }

    private static String common(CompletedRequest request, DateTimeFormatter time) {
        StringBuilder line = new StringBuilder(160);
        line.append(address(request.remote())).append(" - ").append(word(request.user()));
        line.append(" [")
                .append(time.format(Instant.ofEpochMilli(request.startMillis())))
                .append("] \"");
        line.append(field(request.method()))
                .append(' ')
                .append(field(request.target()))
                .append(' ');
        line.append(field(request.protocol()))
                .append("\" ")
                .append(request.status())
                .append(' ');
        return line.append(request.bytesSent() == 0 ? "-" : String.valueOf(request.bytesSent()))
                .toString();
    }

    private static String json(CompletedRequest request) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("time", Instant.ofEpochMilli(request.startMillis()).toString());
        fields.put("requestId", request.requestId());
        fields.put("remote", address(request.remote()));
        fields.put("user", request.user());
        fields.put("host", request.host());
        fields.put("method", request.method());
        fields.put("target", request.target());
        fields.put("protocol", request.protocol());
        fields.put("status", request.status());
        fields.put("bytesSent", request.bytesSent());
        fields.put("bytesReceived", request.bytesReceived());
        fields.put("durationMillis", request.nanos() / 1_000 / 1_000.0);
        fields.put("application", request.application());
        fields.put("version", request.version());
        fields.put("lane", request.lane());
        fields.put(
                "answerer",
                request.answerer() == null ? null : request.answerer().name().toLowerCase(Locale.ROOT));
        fields.put("referer", request.referer());
        fields.put("userAgent", request.userAgent());
        fields.values().removeIf(value -> value == null || value.equals(""));
        return Json.write(fields);
    }

    private static String address(@Nullable InetSocketAddress remote) {
        if (remote == null) {
            return "-";
        }
        return remote.getAddress() == null
                ? remote.getHostString()
                : remote.getAddress().getHostAddress();
    }

    /** A value between quotes. */
    private static String field(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "-";
        }
        StringBuilder safe = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                safe.append('\\').append(c);
            } else if (c < 0x20 || c >= 0x7f) {
                safe.append(String.format("\\u%04x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    /** A value between spaces. */
    private static String word(@Nullable String value) {
        return field(value).replace(" ", "\\u0020");
    }
}
