package dev.sluice.engine.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response as a protocol carries them: all that {@link HttpExchange}, its bodies and its {@link Completion} know of
 * HTTP/1.1 and HTTP/2. Threads as for the exchange; what runs "on the loop" runs on the connection's.
 */
interface HttpStream {
    /** The exchange that this stream carries; once, before anything else. */
    void begin(HttpExchange exchange);

    /** The connection. */
    Connection connection();

    /** Whether the connection is open. */
    boolean connected();

    /** The stream's id within its connection; empty if the protocol has none. */
    String id();

    // ---- the request

    /** The method as sent. */
    String method();

    /** {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2.0}. */
    String protocol();

    /** {@code http} or {@code https}. */
    String scheme();

    /** What stands behind the question mark; null or empty for nothing. */
    @Nullable
    String query();

    /** The header fields, in a copy of the caller's own. */
    Headers requestHeaders();

    /** The first value of a header field. */
    @Nullable
    String requestHeader(String name);

    /** The host that the client asked for, without port. */
    String hostName();

    /** The port that the client asked for, or the scheme's default. */
    int hostPort();

    /** The other end of the connection. */
    InetSocketAddress remoteAddress();

    /** Our end of the connection. */
    InetSocketAddress localAddress();

    /** The trailer fields; complete after the end of the body. */
    Headers requestTrailers();

    // ---- the request's body

    /** The announced length, or -1. */
    long requestLength();

    /** The announced length, or how much the chunks that have come announce; -1 while nothing is known. */
    long announced();

    /** Whether there is no body, or its end was read or dropped. */
    boolean requestComplete();

    /** Whether the client waits for {@code 100 Continue}, which the first read sends. */
    boolean awaitsContinue();

    /** Reads what is there: at least 1, 0 for nothing now, -1 at the end. */
    int read(ByteBuffer target) throws IOException;

    /** What is wrong with the framing of the body; null while nothing is. */
    @Nullable
    String brokenBody();

    /** Runs the action once, on the loop, when {@link #read} has something to return. Replaces one that has not run yet. */
    void onReadable(Runnable action);

    // ---- the response

    /** Prepares the head; it is sent with the first of what follows. */
    void head(int status, @Nullable String reason, Headers fields);

    /** Puts a Content-Length into the prepared head. */
    void responseLength(long length);

    /** Fields to be sent behind the body; asked for when it ends. */
    void trailers(Supplier<Headers> fields);

    /** Sends {@code 103 Early Hints} if the protocol has informational responses and the connection has room. */
    void earlyHints(Headers fields, long timeoutNanos) throws IOException;

    /** Opens the response's body, whose first write sends the prepared head; false if nothing can be sent any more. */
    boolean openResponse();

    /** Writes what the connection takes now; 0 if it is full. */
    int write(ByteBuffer source) throws IOException;

    /** The same for the last bytes, which belong to the stream until the exchange is complete. */
    int writeFinal(ByteBuffer source) throws IOException;

    /** Sends what was written towards the client; true if nothing is left behind. */
    boolean flush() throws IOException;

    /** Writes a part of a file; the number of bytes taken, 0 if the connection is full or the file is shorter. */
    long transferFrom(FileChannel file, long position, long count) throws IOException;

    /** Runs the action once, on the loop, when {@link #write} takes something or fails. Replaces one that has not run yet. */
    void onWritable(Runnable action);

    /** Bytes of the body sent so far. */
    long bytesSent();

    /**
     * Bytes that the client has taken as far as this response is concerned, up to now; asked for whenever the writer begins to wait. Where
     * it waits for a connection that it shares, those of others count as well.
     */
    long taken();

    /** Counts a response that was broken off because the client took it too slowly. */
    void countSlow();

    // ---- the end

    /** Ends the connection once the response is sent. */
    void closeAfterwards();

    /**
     * Ends the response, with its head if that was not sent. Tells the exchange's completion when all of it was sent.
     *
     * @param requestRead false if the client may still send a body that nobody wants
     */
    void finish(boolean requestRead);

    /** Breaks the exchange off so that the client sees it; on the loop. */
    void abort();

    // ---- what only some protocols can

    /** Hands the connection over once {@code 101 Switching Protocols} is sent. */
    void upgrade(Consumer<UpgradedConnection> taker);

    /** Whether the client takes pushed responses. */
    boolean pushable();

    /** Promises and sends a further response; false if the client does not want it. */
    boolean push(String method, String target, Headers fields);
}
