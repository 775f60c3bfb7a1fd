package dev.sluice.distribution;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections to a server, closed together. */
final class Connections implements AutoCloseable {
    private final int port;
    private final List<Connection> all = new ArrayList<>();

    Connections(SluiceProcess sluice) {
        port = sluice.port();
    }

    /** A connection that sends text and reads whole responses. */
    static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        Connection(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(60_000);
            in = new BufferedInputStream(socket.getInputStream());
        }

        Connection send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        }

        Connection get(String path) throws IOException {
            return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }

        /** The head of a response, its body read. */
        String response() throws IOException {
            String head = head();
            readBody(head);
            return head;
        }

        /** The body of a response that has a length. */
        String body() throws IOException {
            return new String(readBody(head()), StandardCharsets.UTF_8);
        }

        private String head() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int c = in.read();
                if (c < 0) {
                    throw new IOException("closed by the server after: " + head);
                }
                head.append((char) c);
            }
            return head.toString();
        }

        private byte[] readBody(String head) throws IOException {
            int at = head.indexOf("Content-Length: ");
            return at < 0
                    ? new byte[0]
                    : in.readNBytes(Integer.parseInt(head.substring(at + 16, head.indexOf("\r", at))));
        }

        Socket socket() {
            return socket;
        }

        InputStream in() {
            return in;
        }

        /** Closes with a reset. */
        void abort() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    Connection open() throws IOException {
        Connection connection = new Connection(port);
        all.add(connection);
        return connection;
    }

    List<Connection> all() {
        return all;
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : all) {
            connection.close();
        }
    }
}
