package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WARs that nobody here wrote. */
class ApplicationsOfOthersIT {
    private static final Path APPLICATIONS = Path.of("target/applications").toAbsolutePath();
    private static final int CONNECTIONS = 1000;

    @TempDir
    static Path directory;

    private static SluiceProcess sluice;

    @BeforeAll
    static void start() throws Exception {
        sluice = SluiceProcess.run(
                directory,
                List.of("-Dhawtio.authenticationEnabled=false"),
                "--set",
                "requests.queue-time=60s", // a busy machine answers a thousand requests, but not within a second
                APPLICATIONS.resolve("hawtio.war"),
                APPLICATIONS.resolve("simple-ee10.war"),
                APPLICATIONS.resolve("simple-ee9.war"));
    }

    @AfterAll
    static void stop() throws Exception {
        sluice.close();
    }

    @Test
    void hawtioShowsItsPage() throws Exception {
        HttpResponse<String> page = sluice.get("/hawtio/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.body()).containsIgnoringCase("<!doctype html>").contains("Hawtio");
    }

    @Test
    void hawtiosJolokiaAnswers() throws Exception {
        HttpResponse<String> answer = sluice.get("/hawtio/jolokia/version");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"status\":200").contains("\"agent\"");
    }

    @Test
    void theSimpleWebApplicationsShowTheirPages() throws Exception {
        assertThat(sluice.get("/simple-ee10/").body()).contains("Hello World EE10!");
        assertThat(sluice.get("/simple-ee10/hello").statusCode()).isEqualTo(200);
        assertThat(sluice.get("/simple-ee9/").body()).contains("Hello World!");
        assertThat(sluice.get("/simple-ee9/jetty.icon").headers().firstValue("Content-Type"))
                .contains("image/vnd.microsoft.icon");
    }

    @Test
    void aThousandConnectionsToHawtioGetTheirAnswers() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Socket socket = new Socket("127.0.0.1", sluice.port());
                socket.setSoTimeout(60_000);
                sockets.add(socket);
            }
            byte[] request = "GET /hawtio/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
            for (Socket socket : sockets) {
                socket.getOutputStream().write(request);
            }
            for (Socket socket : sockets) {
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer)
                        .startsWith("HTTP/1.1 200 ")
                        .contains("Hawtio")
                        .endsWith("</html>");
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
