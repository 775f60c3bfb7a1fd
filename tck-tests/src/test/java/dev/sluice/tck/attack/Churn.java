package dev.sluice.tck.attack;

import static dev.sluice.tck.attack.Http2Wire.PREFACE;
import static dev.sluice.tck.attack.Http2Wire.RST_STREAM;
import static dev.sluice.tck.attack.Http2Wire.SETTINGS;
import static dev.sluice.tck.attack.Http2Wire.frame;
import static dev.sluice.tck.attack.Http2Wire.get;
import static dev.sluice.tck.attack.Http2Wire.integer;
import static dev.sluice.tck.attack.Http2Wire.join;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * WebSocket, HTTP/2, server-sent events and upgrades that come and go, orderly and not, while others want to be served: no loop may stop. A
 * loop that does leaves those without an answer whose connections it has; that none does at the end says the server itself, since new
 * connections go elsewhere as soon as it has noticed.
 */
final class Churn {
    private static final int CLIENTS = 12;
    private static final int ASKED_AT_ONCE = 16;
    private static final String WEB_SOCKET = "GET /live/chat HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    private final AttackServer server;
    private final int port;
    private final Duration patience;
    private final long end;
    private final Map<String, Integer> done = new ConcurrentHashMap<>();
    private final List<String> faults = java.util.Collections.synchronizedList(new ArrayList<>());

    private Churn(AttackServer server, Duration duration, Duration patience) {
        this.server = server;
        this.port = server.port();
        this.patience = patience;
        this.end = System.nanoTime() + duration.toNanos();
    }

    /**
     * Runs it, prints what was done, and gives the faults: none if every loop served to the end.
     *
     * @param patience how long an answer may take
     */
    static List<String> run(String transport, AttackServer server, Duration duration, long seed, Duration patience)
            throws IOException, InterruptedException {
        Churn churn = new Churn(server, duration, patience);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Random random = new Random(seed * CLIENTS + i);
            Thread client = new Thread(() -> churn.client(random), "churn-" + i);
            client.start();
            clients.add(client);
        }
        Thread asker = new Thread(churn::ask, "churn-asker");
        asker.start();
        for (Thread client : clients) {
            client.join();
        }
        asker.join();
        churn.askAll();
        churn.askTheServer();
        System.out.println("churn  " + transport + " " + duration.toSeconds() + " s: " + new TreeMap<>(churn.done)
                + ", " + churn.faults.size() + " faults");
        return churn.faults;
    }

    private boolean goesOn() {
        return System.nanoTime() < end && faults.isEmpty();
    }

    private void client(Random random) {
        while (goesOn()) {
            String what = List.of("websocket", "http2", "events", "upgrade").get(random.nextInt(4));
            try {
                switch (what) {
                    case "websocket" -> webSocket(random);
                    case "http2" -> http2(random);
                    case "events" -> part("GET /live/events HTTP/1.1\r\nHost: localhost\r\n\r\n", random);
                    default -> upgrade(random);
                }
                done.merge(what, 1, Integer::sum);
            } catch (SocketTimeoutException e) {
                faults.add(what + ": no answer within " + patience.toMillis() + " ms");
            } catch (IOException e) {
                done.merge(what + " broken", 1, Integer::sum); // Slow readers are cut off.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) patience.toMillis());
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Orderly, or with a reset. */
    private static void leave(Socket socket, Random random) throws IOException {
        if (random.nextBoolean()) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }

    private void webSocket(Random random) throws IOException {
        try (Socket socket = connect()) {
            byte[] text = text("x".repeat(1_000));
            socket.getOutputStream().write(WEB_SOCKET.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readNBytes(12);
            for (int i = 0; i < 20; i++) {
                socket.getOutputStream().write(text);
            }
            if (random.nextBoolean()) {
                socket.getInputStream().readNBytes(random.nextInt(20_000));
            }
            if (random.nextBoolean()) {
                socket.getOutputStream().write(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
            }
            leave(socket, random);
        }
    }

    private static byte[] text(String text) {
        ByteBuffer frame =
                ByteBuffer.allocate(8 + text.length()).put((byte) 0x81).put((byte) 0xFE);
        return frame.putShort((short) text.length())
                .putInt(0)
                .put(text.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private void http2(Random random) throws IOException, InterruptedException {
        try (Http2Wire wire = new Http2Wire(port)) {
            wire.send(join(PREFACE, frame(SETTINGS, 0, 0)));
            int streams = 1 + random.nextInt(20);
            for (int i = 0; i < streams; i++) {
                int stream = 2 * i + 1;
                wire.send(
                        get(stream, random.nextInt(3) == 0 ? "/live/events" : "/app/bytes/" + random.nextInt(50_000)));
                if (random.nextInt(6) == 0) {
                    wire.send(frame(RST_STREAM, 0, stream, integer(8)));
                }
            }
            if (random.nextBoolean()) {
                wire.await(received -> received.type() == Http2Wire.HEADERS, 5);
            }
        }
    }

    private void part(String request, Random random) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readNBytes(12 + random.nextInt(2_000));
            leave(socket, random);
        }
    }

    private void upgrade(Random random) throws IOException {
        try (Socket socket = connect()) {
            String request =
                    "GET /app/upgrade HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";
            socket.getOutputStream().write((request + "y".repeat(500)).getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readNBytes(random.nextBoolean() ? 300 : 12);
            leave(socket, random);
        }
    }

    private void ask() {
        while (goesOn()) {
            askAll();
        }
    }

    /** As many at the same time as reach every loop. */
    private void askAll() {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < ASKED_AT_ONCE; i++) {
                Socket socket = connect();
                sockets.add(socket);
                socket.getOutputStream()
                        .write("GET /app/next HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            }
            for (Socket socket : sockets) {
                InputStream in = socket.getInputStream();
                if (!new String(in.readAllBytes(), StandardCharsets.US_ASCII).contains("next")) {
                    faults.add("somebody was not served");
                }
                done.merge("asked", 1, Integer::sum);
            }
        } catch (IOException e) {
            faults.add("somebody was not served: " + e);
        } finally {
            sockets.forEach(Churn::closeQuietly);
        }
    }

    /** What was going on may have its time to come to an end; what holds a loop longer is a fault. */
    private void askTheServer() throws IOException, InterruptedException {
        long last = System.nanoTime() + patience.toNanos();
        String loops = server.management("/api/v1/loops");
        while (loops.contains("\"held\":true") && System.nanoTime() - last < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            loops = server.management("/api/v1/loops");
        }
        if (!loops.contains("\"held\":false") || loops.contains("\"held\":true")) {
            faults.add("a loop is held: " + loops);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
