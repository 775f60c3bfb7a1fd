package dev.sluice.tck.attack;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** HTTP/2 over cleartext in frames of our own (RFC 9113, 4), because no client library breaks the rules. A thread collects what comes back. */
final class Http2Wire implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;
    static final int PRIORITIZED = 0x20;
    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Received> received = new ArrayList<>(); // guarded by lock
    private boolean ended; // guarded by lock

    /**
     * A frame of the server.
     *
     * @param status what a response's block says; 0 for none
     */
    record Received(int type, int flags, int stream, byte[] payload, int status) {
        /** The error code of GOAWAY or RST_STREAM. */
        int error() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }
    }

    Http2Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        Thread reader = new Thread(this::read, "http2-attack");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        ResponseBlocks blocks = new ResponseBlocks();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt() & Integer.MAX_VALUE;
                byte[] payload = in.readNBytes(length);
                add(new Received(type, flags, stream, payload, type == HEADERS ? blocks.status(payload) : 0));
            }
        } catch (IOException e) {
            end(); // FIN or reset
        }
    }

    private void add(Received frame) {
        lock.lock();
        try {
            received.add(frame);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Sends; false if the server has ended the connection. */
    boolean send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until a frame fits, or the connection has ended. */
    boolean await(Predicate<Received> wanted, long seconds) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(seconds);
        lock.lock();
        try {
            while (received.stream().noneMatch(wanted) && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return received.stream().anyMatch(wanted);
        } finally {
            lock.unlock();
        }
    }

    boolean awaitEnd(long seconds) throws InterruptedException {
        await(frame -> false, seconds);
        return ended();
    }

    boolean ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    List<Received> received() {
        lock.lock();
        try {
            return List.copyOf(received);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    // ---- frames

    static byte[] frame(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] integer(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    static byte[] setting(int id, long value) {
        return ByteBuffer.allocate(6).putShort((short) id).putInt((int) value).array();
    }

    /** A header block of names and values in turns, with literals only, characters as bytes. */
    static byte[] block(String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            literal(block, fields[i]);
            literal(block, fields[i + 1]);
        }
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            for (; rest >= 128; rest >>= 7) {
                block.write(rest & 0x7F | 0x80);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /** The block of a request, with these fields behind it. */
    static byte[] request(String method, String path, String... fields) {
        return join(
                block(":method", method, ":scheme", "http", ":path", path, ":authority", "localhost"), block(fields));
    }

    static byte[] get(int stream, String path) {
        return frame(HEADERS, END_HEADERS | END_STREAM, stream, request("GET", path));
    }
}
