package dev.sluice.engine.http;

import dev.sluice.engine.http.grammar.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Answers what never became an exchange, and ends the connection. What the client still sends is read and dropped for a moment, because
 * closing a socket with unread bytes resets it, and a reset may overtake the answer.
 */
final class Refusal {
    private static final System.Logger LOG = System.getLogger(Refusal.class.getName());
    private static final int LINGER_BYTES = 256 * 1024;
    private static final int LINGER_SECONDS = 2;

    private Refusal() {}

    static void send(StreamConnection connection, StreamSourceConduit source, Violation why, String id) {
        LOG.log(
                System.Logger.Level.DEBUG,
                () -> "[" + id + "] refused " + connection.getPeerAddress() + " with " + why.status() + ": "
                        + why.reason());
        String head = "HTTP/1.1 " + why.status() + " " + Statuses.reason(why.status())
                + "\r\nContent-Length: 0\r\nConnection: close\r\nX-Request-Id: " + id + "\r\n\r\n";
        try {
            StreamSinkConduit sink = connection.getSinkChannel().getConduit();
            ByteBuffer bytes = ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
            sink.write(bytes);
            if (bytes.hasRemaining()) {
                IoUtils.safeClose(connection); // A client that does not even take this much.
                return;
            }
            sink.terminateWrites();
            sink.flush();
        } catch (IOException e) {
            IoUtils.safeClose(connection);
            return;
        }
        linger(connection, source, () -> {});
    }

    /** Reads and drops for a bounded time and amount, then closes the connection and runs the action. On the loop. */
    static void linger(StreamConnection connection, StreamSourceConduit source, Runnable afterwards) {
        Lingering lingering = new Lingering(connection, source, afterwards);
        source.setReadReadyHandler(lingering);
        lingering.start();
        lingering.readReady();
        source.resumeReads();
    }

    private static final class Lingering implements ReadReadyHandler {
        private final StreamConnection connection;
        private final StreamSourceConduit source;
        private final Runnable afterwards;
        private final ByteBuffer scratch = ByteBuffer.allocate(8192);
        private XnioExecutor.@Nullable Key timer;
        private boolean over;
        private int dropped;

        Lingering(StreamConnection connection, StreamSourceConduit source, Runnable afterwards) {
            this.connection = connection;
            this.source = source;
            this.afterwards = afterwards;
        }

        void start() {
            timer = connection.getIoThread().executeAfter(this::forceTermination, LINGER_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void readReady() {
            try {
                for (int count; !over && (count = source.read(scratch.clear())) != 0; dropped += count) {
                    if (count < 0 || dropped > LINGER_BYTES) {
                        forceTermination();
                    }
                }
            } catch (IOException e) {
                forceTermination();
            }
        }

        @Override
        public void forceTermination() {
            IoUtils.safeClose(connection);
            terminated();
        }

        @Override
        public void terminated() {
            if (!over) {
                over = true;
                if (timer != null) {
                    timer.remove();
                }
                afterwards.run();
            }
        }
    }
}
