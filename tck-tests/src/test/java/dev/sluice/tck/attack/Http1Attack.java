package dev.sluice.tck.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a case and says what is wrong with the answers. */
final class Http1Attack {
    private static final String NEXT = "GET /app/next HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");
    private static final int PATIENCE_MILLIS = 20_000;

    private Http1Attack() {}

    /** Empty if the answer is right. */
    static String fault(int port, Http1Case attack) throws IOException {
        boolean goesOn = attack.kind() == Http1Case.Kind.ANSWER;
        boolean may = attack.kind() == Http1Case.Kind.ANY;
        String got = exchange(port, attack.request() + (goesOn || may ? NEXT : ""));
        List<Integer> statuses = new ArrayList<>();
        for (Matcher found = STATUS_LINE.matcher(got); found.find(); ) {
            if (!found.group(1).equals("100")) {
                statuses.add(Integer.valueOf(found.group(1)));
            }
        }
        if (got.contains("smuggled")) {
            return "the hidden request was answered: " + statuses;
        }
        if (got.endsWith("<timeout>")) {
            return "the connection stays open after " + statuses;
        }
        Integer first = statuses.isEmpty() ? Http1Case.NO_ANSWER : statuses.get(0);
        if (!attack.statuses().contains(first)) {
            return statuses + " (expected: " + attack.statuses() + ")";
        }
        if (goesOn && !got.contains("next")) {
            return "the following request was not answered: " + statuses;
        }
        if (!goesOn && !may && statuses.size() > 1) {
            return statuses + " (expected: one answer)";
        }
        return "";
    }

    /** What the server says until it ends the connection. */
    private static String exchange(int port, String request) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            Thread writer = new Thread(() -> write(socket, request), "attack");
            writer.start();
            try {
                InputStream in = socket.getInputStream();
                for (int c; (c = in.read()) >= 0; ) {
                    got.write(c);
                }
            } catch (SocketTimeoutException e) {
                got.writeBytes("<timeout>".getBytes(StandardCharsets.US_ASCII));
            } catch (SocketException e) {
                // Reset: the end as well, after what was read before.
                got.writeBytes(new byte[0]);
            }
        }
        return got.toString(StandardCharsets.ISO_8859_1);
    }

    private static void write(Socket socket, String request) {
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            if (!(e instanceof SocketException)) {
                throw new IllegalStateException(e);
            }
            // The server has refused before it had everything.
        }
    }
}
