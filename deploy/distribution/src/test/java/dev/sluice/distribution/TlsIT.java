package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIT {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    @Test
    void applicationsAreServedWithTlsBesidePlainHttp() throws Exception {
        Path keystore = keystore();
        try (SluiceProcess sluice = SluiceProcess.run(
                directory,
                "--set",
                "tls.port=0",
                "--set",
                "tls.keystore=" + keystore,
                "--set",
                "tls.keystore-password=" + PASSWORD,
                SluiceProcess.HELLO_WAR)) {
            HttpResponse<String> answer = get(keystore, port(sluice));

            assertThat(answer.body()).contains("Hello from a WAR");
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(sluice.get("/hello/").body()).contains("Hello from a WAR");
        }
    }

    private static int port(SluiceProcess sluice) {
        Matcher matcher = Pattern.compile("listening on https://127\\.0\\.0\\.1:(\\d+) \\(")
                .matcher(String.join("\n", sluice.lines()));
        assertThat(matcher.find()).as("%s", sluice.lines()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static HttpResponse<String> get(Path keystore, int port) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            trusted.load(in, PASSWORD.toCharArray());
        }
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("sluice", trusted.getCertificate("sluice"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        HttpClient client = HttpClient.newBuilder().sslContext(context).build();
        URI uri = URI.create("https://127.0.0.1:" + port + "/hello/");
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private Path keystore() throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "sluice",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return file;
    }
}
