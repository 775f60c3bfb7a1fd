package dev.sluice.tck.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Clients of the TLS port that stop half-way, break the protocol, or want what is forbidden. Each connection ends, and others are served. */
final class TlsAttack {
    static final String PASSWORD = "changeit";
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int ALERT = 0x15;
    private static final int HANDSHAKE = 0x16;
    private static final String GET = "GET /app/next HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final String HALF = "GET /app/next HTTP/1.1\r\nHost: loc";
    private static final String PREFACE = new String(Http2Wire.PREFACE, StandardCharsets.US_ASCII);

    private final int port;
    private final SSLContext context;
    private final Map<String, Callable<String>> cases = new LinkedHashMap<>();

    private TlsAttack(int port, SSLContext context) {
        this.port = port;
        this.context = context;
    }

    /** A key with a certificate that it has signed itself. */
    static Path makeKeys(Path file) throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "k",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(keytool + " made no key");
        }
        return file;
    }

    private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("k"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** What there is, by name; each gives what is wrong, or nothing. */
    static Map<String, Callable<String>> cases(int port, Path keys) throws IOException, GeneralSecurityException {
        TlsAttack attack = new TlsAttack(port, trusting(keys));
        attack.unfinished();
        attack.oldVersions();
        attack.records();
        attack.afterTheHandshake();
        attack.protocols();
        attack.cases.put("a request", () -> attack.answer(GET, "TLSv1.3").contains("next") ? "" : "not served");
        return attack.cases;
    }

    private void unfinished() throws SSLException {
        byte[] hello = clientHello();
        cases.put("silence", () -> ends(new byte[0]));
        cases.put("a byte of a record", () -> ends(new byte[] {HANDSHAKE}));
        cases.put("the head of a record", () -> ends(Arrays.copyOf(hello, 5)));
        cases.put("half a ClientHello", () -> ends(Arrays.copyOf(hello, hello.length / 2)));
        cases.put("a ClientHello and nothing more", () -> endsAfterAnswer(hello));
        cases.put("a ClientHello twice", () -> endsAfterAnswer(Http2Wire.join(hello, hello)));
    }

    private byte[] clientHello() throws SSLException {
        SSLEngine engine = context.createSSLEngine("localhost", port);
        engine.setUseClientMode(true);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** A ClientHello that knows nothing newer than a version. */
    private static byte[] hello(int version) {
        byte[] suites = HexFormat.of().parseHex("c009c00ac013c014002f0035000a");
        byte[] extensions = HexFormat.of().parseHex("000a00080006001700180019000b00020100");
        ByteBuffer body = ByteBuffer.allocate(2 + 32 + 1 + 2 + suites.length + 2 + 2 + extensions.length)
                .putShort((short) version)
                .put(new byte[32])
                .put((byte) 0)
                .putShort((short) suites.length)
                .put(suites)
                .putShort((short) 0x0100)
                .putShort((short) extensions.length)
                .put(extensions);
        byte[] message = ByteBuffer.allocate(4 + body.position())
                .putInt(1 << 24 | body.position())
                .put(body.array())
                .array();
        return record(HANDSHAKE, version, message);
    }

    private static byte[] record(int type, int version, byte... content) {
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) type)
                .putShort((short) version)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    private void oldVersions() {
        cases.put(
                "SSL 2",
                () -> ends(
                        HexFormat.of()
                                .parseHex(
                                        "802e0100020015000000100100800300800700c006004002008004008000000000000000000000000000000000")));
        for (int version : new int[] {0x0300, 0x0301, 0x0302}) {
            cases.put("version " + Integer.toHexString(version), () -> ends(hello(version)));
        }
    }

    private void records() {
        cases.put("plain HTTP", () -> ends(GET.getBytes(StandardCharsets.US_ASCII)));
        cases.put("plain HTTP/2", () -> ends(Http2Wire.PREFACE));
        cases.put("a record that is too long", () -> ends(HexFormat.of().parseHex("160303ffff01")));
        cases.put("application data first", () -> ends(record(0x17, 0x0303, new byte[40])));
        cases.put("an alert first", () -> ends(record(ALERT, 0x0303, (byte) 2, (byte) 40)));
        cases.put("a change of ciphers first (CVE-2014-0224)", () -> ends(record(0x14, 0x0303, (byte) 1)));
        cases.put("a heartbeat (CVE-2014-0160)", () -> ends(record(0x18, 0x0302, (byte) 1, (byte) 0x40, (byte) 0)));
        cases.put("empty records", () -> ends(empty()));
        cases.put(
                "a message of 16 MiB",
                () -> ends(record(HANDSHAKE, 0x0303, HexFormat.of().parseHex("01ffffff0303"))));
    }

    private static byte[] empty() {
        byte[][] all = new byte[2_000][];
        Arrays.fill(all, record(HANDSHAKE, 0x0303));
        return Http2Wire.join(all);
    }

    private void afterTheHandshake() {
        for (String protocol : new String[] {"h2", "http/1.1", ""}) {
            String name = protocol.isEmpty() ? "no protocol" : protocol;
            cases.put("nothing after " + name, () -> quiet("", protocol));
        }
        cases.put("half a preface", () -> quiet(PREFACE.substring(0, 20), "h2"));
        cases.put("half a head", () -> quiet(HALF, "http/1.1"));
        cases.put("a handshake again (renegotiation)", this::renegotiation);
    }

    private void protocols() {
        cases.put("HTTP/1.1 as h2", () -> quiet(GET, "h2"));
        cases.put("h2 as HTTP/1.1", () -> quiet(PREFACE, "http/1.1"));
        cases.put("a protocol that nobody speaks", () -> {
            try (SSLSocket socket = connect("TLSv1.3", "spdy/3")) {
                String got = exchange(socket, GET);
                return got.startsWith("HTTP/1.1 200") ? "" : "neither refused nor HTTP/1.1: " + got;
            } catch (SSLException | SocketException e) {
                return ""; // RFC 7301, 3.2: no_application_protocol
            }
        });
    }

    // ---- how the cases are judged

    /** Empty if the connection ends, without a handshake and without plain text. */
    private String ends(byte[] bytes) throws IOException {
        byte[] got = plain(bytes);
        String text = new String(got, StandardCharsets.ISO_8859_1);
        if (text.endsWith("<timeout>")) {
            return "the connection stays open";
        }
        return got.length == 0 || got[0] == ALERT
                ? ""
                : "answered: " + HexFormat.of().formatHex(got, 0, Math.min(20, got.length));
    }

    private String endsAfterAnswer(byte[] bytes) throws IOException {
        String text = new String(plain(bytes), StandardCharsets.ISO_8859_1);
        return text.endsWith("<timeout>") ? "the connection stays open" : "";
    }

    private byte[] plain(byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(bytes);
            } catch (SocketException e) {
                return new byte[0]; // refused before it had everything
            }
            return read(socket);
        }
    }

    private static byte[] read(Socket socket) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            for (int c; (c = in.read()) >= 0; ) {
                got.write(c);
            }
        } catch (SocketTimeoutException e) {
            got.writeBytes("<timeout>".getBytes(StandardCharsets.US_ASCII));
        } catch (SocketException | SSLException e) {
            return got.toByteArray(); // reset, or an alert: an end as well
        }
        return got.toByteArray();
    }

    private SSLSocket connect(String version, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    private static String exchange(SSLSocket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return new String(read(socket), StandardCharsets.ISO_8859_1);
    }

    private String answer(String request, String version, String... protocols) throws IOException {
        try (SSLSocket socket = connect(version, protocols)) {
            return exchange(socket, request);
        } catch (SSLException | SocketException e) {
            return "ended: " + e.getMessage();
        }
    }

    /** Empty if the connection ends and nothing was served, with both versions of TLS. */
    private String quiet(String request, String protocol) throws IOException {
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            String[] offered = protocol.isEmpty() ? new String[0] : new String[] {protocol};
            String got = answer(request, version, offered);
            if (got.endsWith("<timeout>")) {
                return version + ": the connection stays open";
            }
            if (got.contains("HTTP/1.1 200") || got.contains("next")) {
                return version + ": answered: " + got;
            }
        }
        return "";
    }

    private String renegotiation() throws IOException {
        try (SSLSocket socket = connect("TLSv1.2")) {
            socket.startHandshake();
            socket.getInputStream().read();
            return "the handshake was made again, or the connection ends by its time limit only";
        } catch (SocketTimeoutException e) {
            return "the connection stays open";
        } catch (SSLException | SocketException e) {
            return "";
        }
    }
}
