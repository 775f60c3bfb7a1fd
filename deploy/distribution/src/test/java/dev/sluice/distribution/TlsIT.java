package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIT {
    @TempDir
    Path directory;

    @Test
    void applicationsAreServedWithTlsBesidePlainHttp() throws Exception {
        Keys keys = Keys.make(directory.resolve("keys.p12"), "CN=localhost");
        try (SluiceProcess sluice = SluiceProcess.run(
                directory,
                "--set",
                "tls.port=0",
                "--set",
                "tls.keystore=" + keys.file(),
                "--set",
                "tls.keystore-password=" + Keys.PASSWORD,
                SluiceProcess.HELLO_WAR)) {
            HttpResponse<String> answer = get(keys, port(sluice));

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

    private static HttpResponse<String> get(Keys keys, int port) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(keys.trustedBy(null)).build();
        URI uri = URI.create("https://127.0.0.1:" + port + "/hello/");
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
