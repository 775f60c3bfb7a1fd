package dev.sluice.engine.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection that sends text as it is and reads responses. Waits at most a minute for anything. */
public final class RawClient implements AutoCloseable {
    private static final int LONGEST_MILLIS = 60_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    /** Connects. */
    public RawClient(InetSocketAddress address) {
        try {
            socket.connect(address, LONGEST_MILLIS);
            socket.setSoTimeout(LONGEST_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends text, each character as one byte. */
    public RawClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The socket, for what is special. */
    public Socket socket() {
        return socket;
    }

    /** What the server sends, for what is no HTTP. */
    public InputStream in() {
        return in;
    }

    /** Reads the response to a request whose method is not HEAD. */
    public RawResponse response() {
        return response("GET");
    }

    /** Reads the response to this request, skipping nothing: 100 and 103 are responses of their own. */
    public RawResponse response(String request) {
        try {
            String head = head();
            String body = request.startsWith("HEAD ") ? "" : body(head);
            return RawResponse.parse(head, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server has ended the connection, by FIN or RST; waits for it. */
    public boolean closed() {
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Everything until the server closes. */
    public String rest() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one line without its end. */
    public String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c; (c = in.read()) != '\n'; ) {
            if (c < 0) {
                throw new IOException("connection closed after: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line; !(line = line()).isEmpty(); ) {
            head.append(line).append("\r\n");
        }
        return head.toString();
    }

    private String body(String head) throws IOException {
        String lower = head.toLowerCase(Locale.ROOT);
        int status = Integer.parseInt(head.substring(9, 12));
        if (status < 200 || status == 204 || status == 304) {
            return "";
        }
        if (lower.contains("transfer-encoding: chunked")) {
            return chunks();
        }
        int at = lower.indexOf("content-length: ");
        if (at < 0) {
            return rest();
        }
        int length = Integer.parseInt(lower.substring(at + 16, lower.indexOf('\r', at)));
        return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    private String chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size; (size = Integer.parseInt(line(), 16)) > 0; ) {
            body.write(in.readNBytes(size));
            line();
        }
        StringBuilder trailers = new StringBuilder();
        for (String line; !(line = line()).isEmpty(); ) {
            trailers.append("\ntrailer ").append(line);
        }
        return body.toString(StandardCharsets.ISO_8859_1) + trailers;
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
