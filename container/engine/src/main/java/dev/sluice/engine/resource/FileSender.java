package dev.sluice.engine.resource;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Sends a part of a file as the body of a response without copying it through the application's buffers. The servlet
 * core puts one, under the name of this interface, into the attributes of a request whose connection can do this.
 */
public interface FileSender {

    /**
     * Sends bytes as if they were written to the response's output stream. Blocks the request's thread, not the loop.
     *
     * @throws IOException if the client is gone or the file is shorter
     */
    void send(Path file, long position, long count) throws IOException;
}
