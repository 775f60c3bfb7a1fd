package dev.sluice.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Takes server-sent events and sends each at once. May be used by several threads. */
public final class EventSink {
    private final OutputStream out;

    EventSink(OutputStream out) {
        this.out = Objects.requireNonNull(out, "out");
    }

    /** Sends an event; blocks while the client is slow. */
    public void send(ServerSentEvent event) throws IOException {
        write(event.encoded());
    }

    /** Sends an event that has nothing but data. */
    public void send(String data) throws IOException {
        send(ServerSentEvent.of(data));
    }

    /** Sends a comment, which clients ignore: a sign of life that finds out whether the client is still there. */
    public void comment(String text) throws IOException {
        StringBuilder lines = new StringBuilder();
        text.lines().forEach(line -> lines.append(": ").append(line).append('\n'));
        write(lines.isEmpty() ? ":\n\n" : lines.append('\n').toString());
    }

    private synchronized void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
