package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that the configuration fixes are answered by the loop, counted and logged as any other, and follow their files. */
class FixedResponsesIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "io_uring"})
    void textsAndFilesAreAnsweredByTheLoop(String transport) throws Exception {
        Uring.assume(transport);
        Path file = Files.writeString(directory.resolve("motd.txt"), "first");
        Path configuration = Files.writeString(directory.resolve("sluice.yaml"), """
                fixed:
                  interval: 50ms
                applications:
                  hello:
                    fixed:
                      /robots.txt: "User-agent: *"
                      /motd.txt: "file:%s"
                """.formatted(file));
        try (SluiceProcess sluice = SluiceProcess.run(
                directory, "--config", configuration, "--set", "transport=" + transport, SluiceProcess.HELLO_WAR)) {
            HttpResponse<String> robots =
                    sluice.send(sluice.request("/hello/robots.txt").header("X-Request-Id", "mine"));
            assertThat(robots.statusCode()).isEqualTo(200);
            assertThat(robots.body()).isEqualTo("User-agent: *");
            assertThat(robots.headers().firstValue("X-Request-Id")).contains("mine");
            assertThat(robots.headers().firstValue("Date")).isPresent();
            assertThat(sluice.get("/hello/motd.txt").body()).isEqualTo("first");
            assertThat(sluice.get("/hello/").statusCode()).isEqualTo(200);
            plainRequestsAreAnsweredDirectly(sluice);
            assertThat(sluice.management("/metrics").body())
                    .containsPattern("sluice_requests_fixed_total\\{app=\"/hello\"[^}]*} [1-9]");
            conditions(sluice);
            newContent(sluice, file);
        }
    }

    /** The JDK's client may send fields that are not plain, such as {@code Content-Length: 0}. */
    private static void plainRequestsAreAnsweredDirectly(SluiceProcess sluice) throws Exception {
        long before = directly(sluice);
        try (Connections connections = new Connections(sluice)) {
            assertThat(connections.open().get("/hello/robots.txt").response()).startsWith("HTTP/1.1 200");
        }
        await().atMost(30, TimeUnit.SECONDS).until(() -> directly(sluice) > before);
    }

    private static void conditions(SluiceProcess sluice) throws Exception {
        HttpResponse<String> whole = sluice.get("/hello/motd.txt");
        String tag = whole.headers().firstValue("ETag").orElseThrow();
        assertThat(whole.headers().firstValue("Last-Modified")).isPresent();
        assertThat(sluice.send(sluice.request("/hello/motd.txt").header("If-None-Match", tag))
                        .statusCode())
                .isEqualTo(304);
        HttpResponse<String> head =
                sluice.send(sluice.request("/hello/motd.txt").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("5");
    }

    private static void newContent(SluiceProcess sluice, Path file) throws Exception {
        Files.writeString(file, "second content");
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> sluice.get("/hello/motd.txt").body().equals("second content"));
    }

    private static long directly(SluiceProcess sluice) throws Exception {
        return sluice.figure("requestsAnsweredDirectly");
    }
}
