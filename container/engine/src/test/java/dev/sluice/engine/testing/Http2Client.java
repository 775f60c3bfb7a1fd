package dev.sluice.engine.testing;

import io.undertow.protocols.http2.HpackDecoder;
import io.undertow.protocols.http2.HpackException;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** One connection of HTTP/2 with prior knowledge, frame by frame, because no client library breaks rules. Waits at most a minute for anything. */
public final class Http2Client implements AutoCloseable {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;
    public static final int END_STREAM = 1;
    public static final int ACK = 1;
    public static final int END_HEADERS = 4;
    public static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final Socket socket;
    private final DataInputStream in;
    private final HpackDecoder decoder = new HpackDecoder();

    /** A frame that the server has sent. */
    public record Frame(int type, int flags, int stream, byte[] payload) {
        /** The error code of RST_STREAM or GOAWAY. */
        public int error() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }

        /** Whether it ends its stream. */
        public boolean last() {
            return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
        }
    }

    private Http2Client(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(60_000);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Connects and says nothing. */
    public static Http2Client silent(InetSocketAddress address) {
        try {
            return new Http2Client(new Socket(address.getAddress(), address.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects, and sends the preface, these settings and the acknowledgement of the server's. */
    public static Http2Client connect(InetSocketAddress address, byte... settings) {
        return silent(address)
                .raw(PREFACE.getBytes(StandardCharsets.US_ASCII))
                .send(SETTINGS, 0, 0, settings)
                .send(SETTINGS, ACK, 0);
    }

    /** A setting for {@link #connect}. */
    public static byte[] setting(int id, int value) {
        return ByteBuffer.allocate(6).putShort((short) id).putInt(value).array();
    }

    /** The payload of frames that carry a number. */
    public static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    /** Sends bytes. */
    public Http2Client raw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a frame. */
    public Http2Client send(int type, int flags, int stream, byte... payload) {
        return raw(frame(type, flags, stream, payload));
    }

    /** A frame. */
    public static byte[] frame(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** A header block of literals without an index: name, value, name, value. */
    public static byte[] block(String... pairs) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < pairs.length; i += 2) {
            block.write(0);
            text(block, pairs[i]);
            text(block, pairs[i + 1]);
        }
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            for (; rest >= 128; rest >>>= 7) {
                block.write(rest & 127 | 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /** The header block of a request with further fields. */
    public static byte[] request(String method, String path, String... more) {
        String[] pseudo = {":method", method, ":scheme", "http", ":authority", "a", ":path", path};
        String[] all = Arrays.copyOf(pseudo, pseudo.length + more.length);
        System.arraycopy(more, 0, all, pseudo.length, more.length);
        return block(all);
    }

    /** Sends a request without a body. */
    public Http2Client get(int stream, String path, String... more) {
        return send(HEADERS, END_HEADERS | END_STREAM, stream, request("GET", path, more));
    }

    /** The next frame; null at the end of the connection. */
    public Frame next() {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = new byte[length];
            in.readFully(payload);
            return new Frame(type, flags, stream, payload);
        } catch (EOFException e) {
            return null;
        } catch (java.net.SocketException e) {
            return null; // reset, which is an end, too
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame of one of these types, past others; null at the end of the connection. */
    public Frame next(Integer... types) {
        Frame frame = next();
        while (frame != null && !Arrays.asList(types).contains(frame.type())) {
            frame = next();
        }
        return frame;
    }

    /** The fields of a HEADERS frame, in order; every frame with a block must be shown. */
    public Map<String, String> fields(Frame headers) {
        Map<String, String> fields = new LinkedHashMap<>();
        decoder.setHeaderEmitter((name, value, never) -> fields.put(name.toString(), value));
        try {
            decoder.decode(ByteBuffer.wrap(headers.payload()), false);
        } catch (HpackException e) {
            throw new IllegalStateException("the header block of the server", e);
        }
        return fields;
    }

    /** The stream that a PUSH_PROMISE frame promises. */
    public static int promised(Frame promise) {
        return ByteBuffer.wrap(promise.payload()).getInt() & Integer.MAX_VALUE;
    }

    /** The fields of the request that a PUSH_PROMISE frame promises, in order. */
    public Map<String, String> promisedFields(Frame promise) {
        byte[] block = Arrays.copyOfRange(promise.payload(), 4, promise.payload().length);
        return fields(new Frame(promise.type(), promise.flags(), promise.stream(), block));
    }

    /** Sends PING and reads everything up to its answer: whether the connection lives. */
    public boolean lives() {
        send(PING, 0, 0, "12345678".getBytes(StandardCharsets.US_ASCII));
        Frame answer = next(PING, GOAWAY);
        return answer != null && answer.type() == PING;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
