package dev.sluice.deploy.log;

import dev.sluice.deploy.json.Json;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** How an entry of the server's log becomes text, which ends with a line break. */
@FunctionalInterface
public interface Layout {
    /** The text of an entry. */
    String format(LogEvent event);

    /**
     * For people: time, level, logger, request id and message. What belongs to an entry but stands on a line of its own begins with a
     * tab, so that a message cannot pretend to be an entry.
     */
    static Layout text(ZoneId zone, boolean colours) {
        DateTimeFormatter time =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(zone);
        return event -> {
            StringBuilder line = new StringBuilder(160);
            line.append(paint(colours, "2", time.format(event.time()))).append(' ');
            String level = String.format("%-7s", event.level().getName());
            line.append(paint(colours, colour(event.level()), level)).append(' ');
            line.append(paint(colours, "36", event.logger())).append(' ');
            if (event.requestId() != null && !event.message().contains("[" + event.requestId() + "]")) {
                line.append('[').append(event.requestId()).append("] ");
            }
            line.append(harmless(event.message())).append('\n');
            if (event.thrown() != null) {
                line.append('\t').append(harmless(stackTrace(event.thrown()))).append('\n');
            }
            return line.toString();
        };
    }

    /** For programs: one JSON object on each line. */
    static Layout json() {
        return event -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("time", event.time().truncatedTo(ChronoUnit.MILLIS).toString());
            fields.put("level", event.level().getName());
            fields.put("logger", event.logger());
            fields.put("thread", event.thread());
            if (event.requestId() != null) {
                fields.put("requestId", event.requestId());
            }
            fields.put("message", event.message());
            if (event.thrown() != null) {
                fields.put("exception", event.thrown().getClass().getName());
                fields.put("stackTrace", stackTrace(event.thrown()));
            }
            return Json.write(fields) + "\n";
        };
    }

    private static String paint(boolean colours, String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static String colour(System.Logger.Level level) {
        return switch (level) {
            case ERROR -> "1;31";
            case WARNING -> "33";
            case INFO -> "32";
            default -> "2";
        };
    }

    private static String stackTrace(Throwable thrown) {
        return StackTraces.text(thrown);
    }

    private static String harmless(String message) {
        StringBuilder text = new StringBuilder(message.length());
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (c == '\n') {
                text.append(i + 1 < message.length() && message.charAt(i + 1) == '\t' ? "\n" : "\n\t");
            } else if (c == '\t' || !Controls.is(c)) {
                text.append(c);
            } else if (c != '\r') {
                text.append(String.format("\\u%04x", (int) c));
            }
        }
        return text.toString();
    }
}
