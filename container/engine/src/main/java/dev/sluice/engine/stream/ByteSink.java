package dev.sluice.engine.stream;

import dev.sluice.engine.http.ResponseBody;
import dev.sluice.engine.http.UpgradedConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Where bytes go, without blocking: a response's body or an upgraded connection. */
public interface ByteSink {

    /** Writes what is taken now; 0 if nothing is. */
    int write(ByteBuffer source) throws IOException;

    /** Parks until {@link #write} takes something. */
    void awaitWritable() throws IOException;

    /** Runs the action once, on the loop, when {@link #write} takes something or fails. */
    void onWritable(Runnable action);

    /** Pushes what was written towards the client; false if something is left behind. */
    boolean flush() throws IOException;

    /** Writes these bytes and ends, without blocking. */
    void writeLast(ByteBuffer source) throws IOException;

    /** Sends a part of a file; waits. */
    void transferFrom(FileChannel file, long position, long length) throws IOException;

    /** Nothing more follows. */
    void end() throws IOException;

    /** The body of a response. */
    static ByteSink of(ResponseBody body) {
        return new ByteSink() {
            @Override
            public int write(ByteBuffer source) throws IOException {
                return body.write(source);
            }

            @Override
            public void awaitWritable() throws IOException {
                body.awaitWritable();
            }

            @Override
            public void onWritable(Runnable action) {
                body.onWritable(action);
            }

            @Override
            public boolean flush() throws IOException {
                return body.flush();
            }

            @Override
            public void writeLast(ByteBuffer source) throws IOException {
                body.writeLast(source);
            }

            @Override
            public void transferFrom(FileChannel file, long position, long length) throws IOException {
                body.transferFrom(file, position, length);
            }

            @Override
            public void end() {
                body.end();
            }
        };
    }

    /** What goes to the client on an upgraded connection. */
    static ByteSink of(UpgradedConnection connection) {
        return new ByteSink() {
            @Override
            public int write(ByteBuffer source) throws IOException {
                return connection.write(source);
            }

            @Override
            public void awaitWritable() throws IOException {
                connection.awaitWritable();
            }

            @Override
            public void onWritable(Runnable action) {
                connection.onWritable(action);
            }

            @Override
            public boolean flush() throws IOException {
                return connection.flush();
            }

            @Override
            public void writeLast(ByteBuffer source) throws IOException {
                writeAll(connection, source);
                end();
            }

            @Override
            public void transferFrom(FileChannel file, long position, long length) throws IOException {
                ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(length, 8192));
                long at = position;
                while (at < position + length && file.read(chunk.clear(), at) > 0) {
                    chunk.flip();
                    at += chunk.remaining();
                    writeAll(connection, chunk);
                }
            }

            @Override
            public void end() throws IOException {
                connection.shutdownOutput();
            }
        };
    }

    /** Writes everything, parking while the connection is full. */
    private static void writeAll(UpgradedConnection connection, ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            if (connection.write(source) == 0) {
                connection.awaitWritable();
            }
        }
    }
}
