package dev.sluice.engine.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A complete response that needs no application: what the gate sends. Immutable once made; its headers must not be changed and its bytes
 * are shared.
 *
 * @param status the status
 * @param headers the header fields, without Content-Length
 * @param content the body
 */
public record Answer(int status, Headers headers, byte[] content) {
    /** An answer without a body. */
    public static Answer empty(int status) {
        return new Answer(status, new Headers(), new byte[0]);
    }

    /** Plain text in UTF-8. */
    public static Answer text(int status, String text) {
        return new Answer(
                status,
                new Headers().add("Content-Type", "text/plain;charset=UTF-8"),
                text.getBytes(StandardCharsets.UTF_8));
    }

    /** A fresh view of the body's bytes. */
    ByteBuffer body() {
        return ByteBuffer.wrap(content);
    }
}
