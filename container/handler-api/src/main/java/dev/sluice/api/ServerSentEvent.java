package dev.sluice.api;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event of a {@code text/event-stream} (HTML, 9.2.6).
 *
 * @param data the data; may have several lines
 * @param event the type of the event, or null for {@code message}
 * @param id the id that a client sends back as {@code Last-Event-ID} when it reconnects, or null
 * @param retry how long a client waits before it reconnects, or null
 */
public record ServerSentEvent(
        String data,
        @Nullable String event,
        @Nullable String id,
        @Nullable Duration retry) {
    /** Checks that type and id are one line each. */
    public ServerSentEvent {
        Objects.requireNonNull(data, "data");
        oneLine("event", event);
        oneLine("id", id);
    }

    /** An event with nothing but data. */
    public static ServerSentEvent of(String data) {
        return new ServerSentEvent(data, null, null, null);
    }

    /** This event with a type. */
    public ServerSentEvent withEvent(String type) {
        return new ServerSentEvent(data, type, id, retry);
    }

    /** This event with an id. */
    public ServerSentEvent withId(String newId) {
        return new ServerSentEvent(data, event, newId, retry);
    }

    /** The event as it goes over the wire, with the empty line at its end. */
    public String encoded() {
        StringBuilder text = new StringBuilder(data.length() + 16);
        if (event != null) {
            text.append("event: ").append(event).append('\n');
        }
        if (id != null) {
            text.append("id: ").append(id).append('\n');
        }
        if (retry != null) {
            text.append("retry: ").append(retry.toMillis()).append('\n');
        }
        if (data.isEmpty()) {
            text.append("data:\n");
        }
        for (String line : data.isEmpty() ? new String[0] : data.split("\r\n|\r|\n", -1)) {
            text.append("data: ").append(line).append('\n');
        }
        return text.append('\n').toString();
    }

    private static void oneLine(String name, @Nullable String value) {
        if (value != null && value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException(
                    name + ": " + Tokens.printable(value) + " (expected: one line without NUL)");
        }
    }
}
