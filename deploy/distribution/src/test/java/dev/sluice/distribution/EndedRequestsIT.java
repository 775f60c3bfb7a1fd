package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.distribution.application.LastingServlet;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A redeploy ends what outlives the drain time, on both transports, and every figure says so. */
class EndedRequestsIT {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Path war(String name, String mark) throws IOException {
        return Jars.war(
                directory.resolve(name),
                """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                  <display-name>%s</display-name>
                  <servlet>
                    <servlet-name>l</servlet-name><servlet-class>%s</servlet-class><async-supported>true</async-supported>
                  </servlet>
                  <servlet-mapping>
                    <servlet-name>l</servlet-name>
                    <url-pattern>/up</url-pattern><url-pattern>/hello</url-pattern>
                    <url-pattern>/async</url-pattern><url-pattern>/events</url-pattern>
                  </servlet-mapping>
                </web-app>
                """.formatted(mark, LastingServlet.class.getName()),
                LastingServlet.class,
                LastingServlet.Quiet.class,
                LastingServlet.Told.class);
    }

    private static Socket ask(SluiceProcess sluice, String path, String fields) throws IOException {
        Socket socket = new Socket("127.0.0.1", sluice.port());
        socket.setSoTimeout((int) LONGEST.toMillis());
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void whatIsLeftIsEndedAndThenTheApplication(String transport) throws Exception {
        Uring.assume(transport);
        Path first = war("first.war", "one");
        Path second = war("second.war", "two");
        Files.createDirectories(directory.resolve("apps"));
        Path deployed = Files.copy(first, directory.resolve("apps/lasting.war"));
        try (SluiceProcess sluice =
                        SluiceProcess.run(directory, "--set", "transport=" + transport, "--set", "timeouts.drain=1s");
                Socket upgraded = ask(sluice, "/lasting/up", "Connection: Upgrade\r\nUpgrade: quiet\r\n");
                Socket async = ask(sluice, "/lasting/async", "Connection: close\r\n");
                Socket events = ask(sluice, "/lasting/events", "")) {
            sluice.awaitLine("^upgraded$");
            await().atMost(LONGEST).untilAsserted(() -> assertThat(
                            sluice.management("/api/v1/requests").body())
                    .contains("/lasting/async", "/lasting/events"));

            Files.copy(second, deployed, StandardCopyOption.REPLACE_EXISTING);

            assertThat(rest(async)).startsWith("HTTP/1.1 503 ");
            assertThat(rest(events)).contains("data: 1").doesNotContain("\r\n0\r\n");
            sluice.awaitLine("^servlet destroyed$");
            assertThat(rest(upgraded)).startsWith("HTTP/1.1 101 ");
            assertThat(sluice.lines())
                    .containsSubsequence("listener told of an error", "handler destroyed", "servlet destroyed");
            assertThat(sluice.get("/lasting/hello").body()).isEqualTo("hello");
            await().atMost(LONGEST).untilAsserted(() -> {
                assertThat(sluice.management("/api/v1/requests").body()).isEqualTo("[]");
                assertThat(sluice.management("/api/v1/stats").body())
                        .contains("\"requestsInFlight\":0", "\"permitsTaken\":0");
            });
            assertThat(sluice.lines()).noneMatch(line -> line.contains(" ERROR "));
        }
    }
}
