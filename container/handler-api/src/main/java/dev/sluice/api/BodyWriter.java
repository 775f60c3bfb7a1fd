package dev.sluice.api;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the body of a response piece by piece. */
@FunctionalInterface
public interface BodyWriter {
    /**
     * Writes the body to {@code out}. {@code out.flush()} sends what was written so far. A write blocks while the client is slow
     * and throws an {@link IOException} when it went away.
     *
     * @throws Exception anything: the connection is aborted, so that the client does not take the part for the whole
     */
    void write(OutputStream out) throws Exception;
}
