package dev.sluice.engine.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A response that is complete before any request. What it says may be replaced; requests that come afterwards see it. Any thread.
 */
public final class FixedResponse {
    private static final int LARGEST = 64 * 1024;
    private static final Set<String> OURS = Set.of(
            "connection",
            "content-length",
            "date",
            "keep-alive",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "x-request-id");

    private volatile Content content;
    private volatile @Nullable Rendered rendered;

    /**
     * What a fixed response says.
     *
     * @param answer status, fields and body
     * @param modified when it was changed last, for conditional requests; null if they do not concern it
     */
    public record Content(Answer answer, @Nullable Instant modified) {}

    /** What goes to the wire in HTTP/1.1: the head up to the request's id, and the body. */
    record Rendered(Content content, String server, byte[] head, byte[] body) {
        static final Rendered NOTHING =
                new Rendered(new Content(Answer.empty(500), null), "", new byte[0], new byte[0]);
    }

    /** A response that says this. */
    public FixedResponse(Content content) {
        this.content = content;
    }

    /** A response without validators. */
    public FixedResponse(Answer answer) {
        this(new Content(answer, null));
    }

    /** What it says now. */
    public Content content() {
        return content;
    }

    /** Says something else from now on. */
    public void replace(Content other) {
        content = other;
    }

    /** What to send; null if the loop cannot send it. */
    @Nullable
    Rendered rendered(String server) {
        Content current = content;
        Rendered known = rendered;
        if (known == null || known.content != current || !known.server.equals(server)) {
            known = render(current, server);
            rendered = known;
        }
        return known.head.length == 0 ? null : known;
    }

    private static Rendered render(Content content, String server) {
        Answer answer = content.answer();
        int status = answer.status();
        boolean plain = status >= 200 && status != 204 && status != 205 && status != 304;
        Headers fields = answer.headers();
        for (int i = 0; i < fields.size(); i++) {
            plain &= !OURS.contains(fields.name(i).toLowerCase(Locale.ROOT));
        }
        if (!plain || answer.content().length > LARGEST) {
            return new Rendered(content, server, Rendered.NOTHING.head, Rendered.NOTHING.body);
        }
        ByteArrayOutputStream head = new ByteArrayOutputStream(256);
        line(head, "HTTP/1.1 " + status + ' ' + Statuses.reason(status));
        fields.forEach((name, value) -> line(head, name + ": " + Headers.wire(value)));
        if (!server.isEmpty() && !fields.contains("Server")) {
            line(head, "Server: " + server);
        }
        line(head, "Content-Length: " + answer.content().length);
        head.writeBytes("X-Request-Id: ".getBytes(StandardCharsets.ISO_8859_1));
        return new Rendered(content, server, head.toByteArray(), answer.content());
    }

    private static void line(ByteArrayOutputStream head, String text) {
        head.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        head.write('\r');
        head.write('\n');
    }

    @Override
    public String toString() {
        Answer answer = content.answer();
        return answer.status() + ", " + answer.content().length + " bytes";
    }
}
