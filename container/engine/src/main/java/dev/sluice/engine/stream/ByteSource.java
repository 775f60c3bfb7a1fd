package dev.sluice.engine.stream;

import dev.sluice.engine.http.RequestBody;
import dev.sluice.engine.http.UpgradedConnection;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where bytes come from, without blocking: a request's body or an upgraded connection. */
public interface ByteSource {

    /** Reads what is there: at least 1; 0 if there is nothing now; -1 at the end. */
    int read(ByteBuffer target) throws IOException;

    /** Parks until {@link #read} has something to return. */
    void awaitReadable() throws IOException;

    /** Runs the action once, on the loop, when {@link #read} has something to return. */
    void onReadable(Runnable action);

    /** The end is known to be reached. */
    boolean finished();

    /** The body of a request. */
    static ByteSource of(RequestBody body) {
        return new ByteSource() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                return body.read(target);
            }

            @Override
            public void awaitReadable() throws IOException {
                body.awaitReadable();
            }

            @Override
            public void onReadable(Runnable action) {
                body.onReadable(action);
            }

            @Override
            public boolean finished() {
                return body.finished();
            }
        };
    }

    /** Bytes that are there already. */
    static ByteSource of(byte[] content) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        return new ByteSource() {
            @Override
            public int read(ByteBuffer target) {
                if (!bytes.hasRemaining()) {
                    return -1;
                }
                int count = Math.min(bytes.remaining(), target.remaining());
                target.put(bytes.slice().limit(count));
                bytes.position(bytes.position() + count);
                return count;
            }

            @Override
            public void awaitReadable() {}

            @Override
            public void onReadable(Runnable action) {
                action.run();
            }

            @Override
            public boolean finished() {
                return !bytes.hasRemaining();
            }
        };
    }

    /** What the client sends on an upgraded connection. */
    static ByteSource of(UpgradedConnection connection) {
        return new ByteSource() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                return connection.read(target);
            }

            @Override
            public void awaitReadable() throws IOException {
                connection.awaitReadable();
            }

            @Override
            public void onReadable(Runnable action) {
                connection.onReadable(action);
            }

            @Override
            public boolean finished() {
                return false;
            }
        };
    }
}
