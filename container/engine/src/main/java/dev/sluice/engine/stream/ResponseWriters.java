package dev.sluice.engine.stream;

import java.io.PrintWriter;
import java.nio.charset.Charset;

/** Makes the writer of a response. */
public final class ResponseWriters {
    private ResponseWriters() {}

    /** A writer that encodes into a response's stream; its {@code flush} and {@code close} are the stream's. */
    public static PrintWriter over(ResponseOutput output, Charset charset) {
        return new PrintWriter(new EncodingWriter(output, charset), false);
    }
}
