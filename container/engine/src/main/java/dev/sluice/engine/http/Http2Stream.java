package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.HostNames;
import dev.sluice.engine.http.http2.ErrorCode;
import dev.sluice.engine.http.http2.Fields;
import dev.sluice.engine.http.http2.Stream;
import dev.sluice.engine.http.http2.StreamListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An exchange on a stream of HTTP/2. */
final class Http2Stream implements HttpStream, StreamListener {
    private static final int FILE_PART = 32 * 1024;

    private final Stream stream;
    private final Http2Head request;
    private final Http2Peer peer;
    private @Nullable HttpExchange bound;
    private @Nullable Headers requestTrailers; // written on the loop before the body's end is seen
    private @Nullable Supplier<Headers> trailers;
    private boolean awaitsContinue;
    private boolean bodyless;
    private boolean lengthless;
    private long declared = -1;
    private long written;
    private long takenInAll;
    private long ownTaken;
    private long allTaken;
    private boolean waitedForOthers; // when the writer began to wait, the stream's own window was open
    private @Nullable Fields head;
    private volatile boolean aborted;

    Http2Stream(Stream stream, Http2Head request, Http2Peer peer) {
        this.stream = stream;
        this.request = request;
        this.peer = peer;
        this.awaitsContinue = "100-continue".equalsIgnoreCase(request.headers().first("expect"));
    }

    @Override
    public void begin(HttpExchange exchange) {
        bound = exchange;
    }

    private HttpExchange exchange() {
        HttpExchange known = bound;
        if (known == null) {
            throw new IllegalStateException("using a stream of HTTP/2 without its exchange (expected: begin first)");
        }
        return known;
    }

    // ---- what the stream tells

    @Override
    public boolean trailers(Fields fields) {
        try {
            requestTrailers = Http2Head.trailers(fields);
            return true;
        } catch (BadRequestException e) {
            peer.malformed(String.valueOf(e.getMessage()));
            return false;
        }
    }

    @Override
    public void sent() {
        exchange().completion().tell();
    }

    @Override
    public void lost(IOException why) {
        HttpExchange exchange = exchange();
        exchange.failed(why);
        if (!aborted) {
            peer.disconnected();
        }
        exchange.completion().disconnected();
        exchange.completion().tell();
    }

    // ---- the request

    @Override
    public Connection connection() {
        return peer.connection();
    }

    @Override
    public boolean connected() {
        return stream.open();
    }

    @Override
    public String id() {
        return Integer.toString(stream.id());
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String protocol() {
        return "HTTP/2.0";
    }

    @Override
    public String scheme() {
        return request.scheme();
    }

    @Override
    public @Nullable String query() {
        int mark = request.target().indexOf('?');
        return mark < 0 ? null : request.target().substring(mark + 1);
    }

    @Override
    public Headers requestHeaders() {
        Headers copy = new Headers(request.headers().size() + 4);
        request.headers().forEach(copy::append);
        return copy;
    }

    @Override
    public @Nullable String requestHeader(String name) {
        return request.headers().first(name);
    }

    @Override
    public String hostName() {
        return HostNames.host(request.authority());
    }

    @Override
    public int hostPort() {
        return HostNames.port(request.authority(), request.scheme());
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return peer.remote();
    }

    @Override
    public InetSocketAddress localAddress() {
        return peer.local();
    }

    @Override
    public Headers requestTrailers() {
        Headers came = requestTrailers;
        return came == null ? new Headers() : came;
    }

    // ---- the request's body

    @Override
    public long requestLength() {
        return request.length();
    }

    @Override
    public long announced() {
        return request.length();
    }

    @Override
    public boolean requestComplete() {
        return stream.readToEnd();
    }

    @Override
    public boolean awaitsContinue() {
        return awaitsContinue && !stream.readToEnd();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = stream.read(target);
        proceed(count == 0);
        return count;
    }

    private void proceed(boolean nothingCame) {
        if (awaitsContinue) {
            awaitsContinue = false;
            if (nothingCame) {
                stream.inform(new Fields().add(":status", "100"));
            }
        }
    }

    @Override
    public @Nullable String brokenBody() {
        return null; // A body that is not as announced resets its stream.
    }

    @Override
    public void onReadable(Runnable action) {
        proceed(!stream.readToEnd());
        stream.onReadable(action);
    }

    // ---- the response

    @Override
    public void head(int status, @Nullable String reason, Headers fields) {
        Fields block = new Fields().add(":status", Integer.toString(status));
        HttpExchange exchange = exchange();
        bodyless = status == 204 || status == 205 || status == 304 || method().equals("HEAD");
        lengthless = status == 204;
        boolean date = false;
        boolean server = false;
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.name(i);
            switch (name.toLowerCase(Locale.ROOT)) {
                case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "x-request-id" -> {
                    continue;
                }
                case "content-length" -> {
                    if (lengthless) {
                        continue; // RFC 9110, 8.6
                    }
                    declared = length(fields.value(i));
                }
                case "date" -> date = true;
                case "server" -> server = true;
                default -> {
                    // goes out as it is
                }
            }
            block.add(name, fields.wireValue(i));
        }
        if (!date) {
            block.add("date", peer.date());
        }
        if (!exchange.requestId().isEmpty()) {
            block.add("x-request-id", exchange.requestId());
        }
        if (!server && !exchange.options().serverHeader().isEmpty()) {
            block.add("server", exchange.options().serverHeader());
        }
        head = block;
    }

    private static long length(String value) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            return -1; // What an application has set by itself is not ours to understand.
        }
    }

    @Override
    public void responseLength(long length) {
        Fields block = head;
        if (block != null && !lengthless) {
            block.add("content-length", Long.toString(length));
        }
        declared = length;
    }

    @Override
    public void trailers(Supplier<Headers> fields) {
        trailers = fields;
    }

    @Override
    public void earlyHints(Headers fields, long timeoutNanos) {
        Fields block = new Fields().add(":status", "103");
        fields.forEach((name, value) -> block.add(name, Headers.wire(value)));
        stream.inform(block);
    }

    @Override
    public boolean openResponse() {
        sendHead();
        return true;
    }

    private void sendHead() {
        Fields block = head;
        if (block != null) {
            head = null;
            stream.respond(block);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return write(source, false);
    }

    @Override
    public int writeFinal(ByteBuffer source) throws IOException {
        return write(source, true);
    }

    private int write(ByteBuffer source, boolean keep) throws IOException {
        sendHead();
        if (bodyless) {
            int dropped = source.remaining();
            source.position(source.limit());
            return dropped;
        }
        if (declared >= 0 && source.remaining() > declared - written) {
            throw new IOException(
                    "response: more than " + declared + " bytes (expected: as many as in Content-Length)");
        }
        int count = stream.write(source, keep);
        written += count;
        return count;
    }

    @Override
    public boolean flush() throws IOException {
        sendHead();
        stream.flush();
        return true;
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        if (!bodyless && stream.room() <= 0) {
            flush();
            return 0;
        }
        if (bodyless) {
            sendHead();
            return Math.min(count, Math.max(0, file.size() - position));
        }
        ByteBuffer part = ByteBuffer.allocate((int) Math.min(Math.min(count, FILE_PART), stream.room()));
        if (file.read(part, position) <= 0) {
            return 0;
        }
        int taken = write(part.flip(), true);
        stream.flush();
        return taken;
    }

    @Override
    public void onWritable(Runnable action) {
        stream.onWritable(action);
    }

    @Override
    public long bytesSent() {
        return stream.bytesSent();
    }

    @Override
    public long taken() {
        long own = written;
        long all = stream.connection().taken();
        takenInAll += waitedForOthers ? Math.max(own - ownTaken, all - allTaken) : own - ownTaken;
        ownTaken = own;
        allTaken = all;
        waitedForOthers = stream.windowOpen();
        return takenInAll;
    }

    @Override
    public void countSlow() {
        peer.countSlow();
    }

    // ---- the end

    @Override
    public void closeAfterwards() {
        // The connection belongs to the other streams, too.
    }

    @Override
    public void finish(boolean requestRead) {
        Supplier<Headers> supplier = trailers;
        Fields last = supplier == null || bodyless ? null : fields(supplier.get());
        sendHead();
        if (!bodyless && declared >= 0 && written < declared) {
            abort(); // RFC 9113, 8.1.1: a shorter body than announced must not look complete.
            return;
        }
        stream.finish(requestRead, last);
    }

    private static @Nullable Fields fields(Headers headers) {
        if (headers.size() == 0) {
            return null;
        }
        Fields block = new Fields();
        headers.forEach((name, value) -> block.add(name, Headers.wire(value)));
        return block;
    }

    @Override
    public void abort() {
        aborted = true;
        stream.reset(ErrorCode.INTERNAL_ERROR);
    }

    // ---- what only some protocols can

    @Override
    public void upgrade(Consumer<UpgradedConnection> taker) {
        throw new IllegalStateException("upgrading " + exchange() + " (expected: a request of HTTP/1.1)");
    }

    @Override
    public boolean pushable() {
        return stream.id() % 2 == 1 && stream.connection().pushable();
    }

    @Override
    public boolean push(String method, String target, Headers fields) {
        Fields promise = new Fields()
                .add(":method", method)
                .add(":scheme", scheme())
                .add(":authority", request.authority())
                .add(":path", Headers.wire(target));
        fields.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("host")) {
                promise.add(name.toLowerCase(Locale.ROOT), Headers.wire(value));
            }
        });
        stream.push(promise);
        return true;
    }
}
