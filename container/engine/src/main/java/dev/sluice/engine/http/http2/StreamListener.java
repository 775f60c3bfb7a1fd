package dev.sluice.engine.http.http2;

import java.io.IOException;

/** Is told how a stream goes on; on the loop. */
public interface StreamListener {
    /** Trailer fields came; false if they are not as they should be, which resets the stream. */
    boolean trailers(Fields fields);

    /** All of the response was handed to the socket. */
    void sent();

    /** The client has reset the stream or is gone, or we have reset the stream. Nothing follows. */
    void lost(IOException why);
}
