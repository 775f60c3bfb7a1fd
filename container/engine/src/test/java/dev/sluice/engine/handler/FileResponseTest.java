package dev.sluice.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Response;
import dev.sluice.engine.testing.RawResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileResponseTest {
    private static final String MODIFIED = "Sun, 01 Nov 2026 10:00:00 GMT";

    @TempDir
    private Path directory;

    private HandlerServer server;

    @BeforeEach
    void start() throws Exception {
        Path file = Files.writeString(directory.resolve("a.txt"), "0123456789");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-01T10:00:00.250Z")));
        server = HandlerServer.start(setup -> setup.get(
                "/{name}", (request, context) -> Response.file(directory.resolve(request.parameter("name")))));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private RawResponse get(String fields) {
        return server.send("GET /a.txt HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
    }

    @Test
    void theWholeWithTagAndDate() {
        RawResponse response = get("");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("0123456789");
        assertThat(response.header("Content-Length")).contains("10");
        assertThat(response.header("Content-Type")).contains("text/plain");
        assertThat(response.header("Last-Modified")).contains(MODIFIED);
        assertThat(response.header("Accept-Ranges")).contains("bytes");
        assertThat(response.header("ETag"))
                .hasValueSatisfying(tag -> assertThat(tag).startsWith("\"").endsWith("-a\""));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 206, 0123, bytes 0-3/10",
        "bytes=7-, 206, 789, bytes 7-9/10",
        "bytes=-2, 206, 89, bytes 8-9/10",
        "bytes=5-99, 206, 56789, bytes 5-9/10",
        "bytes=10-, 416, '', bytes */10",
        "bytes=0-1;x, 200, 0123456789, ",
        "'bytes=0-1,3-4', 200, 0123456789, ",
        "items=0-1, 200, 0123456789, ",
    })
    void ranges(String range, int status, String body, String contentRange) {
        RawResponse response = get("Range: " + range + "\r\n");

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.header("Content-Range").orElse(null)).isEqualTo(contentRange);
    }

    @Test
    void conditions() {
        String tag = get("").header("ETag").orElseThrow();

        assertThat(get("If-None-Match: " + tag + "\r\n").status()).isEqualTo(304);
        assertThat(get("If-None-Match: \"x\", W/" + tag + "\r\n").status()).isEqualTo(304);
        assertThat(get("If-None-Match: \"x\"\r\n").status()).isEqualTo(200);
        assertThat(get("If-None-Match: \"x\"\r\nIf-Modified-Since: " + MODIFIED + "\r\n")
                        .status())
                .isEqualTo(200);
        assertThat(get("If-Modified-Since: " + MODIFIED + "\r\n").status()).isEqualTo(304);
        assertThat(get("If-Modified-Since: Sun, 01 Nov 2026 09:59:59 GMT\r\n").status())
                .isEqualTo(200);
        assertThat(get("If-Match: \"x\"\r\n").status()).isEqualTo(412);
        assertThat(get("If-Match: " + tag + "\r\n").status()).isEqualTo(200);
        assertThat(get("If-Unmodified-Since: Sun, 01 Nov 2026 09:59:59 GMT\r\n").status())
                .isEqualTo(412);
        assertThat(get("Range: bytes=0-1\r\nIf-Range: " + tag + "\r\n").status())
                .isEqualTo(206);
        assertThat(get("Range: bytes=0-1\r\nIf-Range: \"x\"\r\n").status()).isEqualTo(200);
        assertThat(get("Range: bytes=0-1\r\nIf-Range: " + MODIFIED + "\r\n").status())
                .isEqualTo(206);
        assertThat(get("Range: bytes=0-1\r\nIf-Range: Sun, 01 Nov 2026 10:00:01 GMT\r\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void headHasAllButTheBody() {
        String head = "HEAD /a.txt HTTP/1.1\r\nHost: a\r\n\r\n";
        RawResponse response = server.send(head);

        assertThat(response.header("Content-Length")).contains("10");
        assertThat(response.header("ETag")).isPresent();
        assertThat(response.body()).isEmpty();
    }

    @Test
    void whatIsNotThereOrNoFileIs404() throws Exception {
        Files.createDirectory(directory.resolve("folder"));

        assertThat(server.get("/none").status()).isEqualTo(404);
        assertThat(server.get("/none").body()).doesNotContain("none");
        assertThat(server.get("/folder").status()).isEqualTo(404);
    }

    @Test
    void largeFilesArriveWhole() throws Exception {
        byte[] content = new byte[5_000_000];
        new Random(42).nextBytes(content);
        Files.write(directory.resolve("large"), content);

        assertThat(server.get("/large").body().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                .isEqualTo(content);
    }

    @Test
    void anEmptyFileIsEmpty() throws Exception {
        Files.createFile(directory.resolve("empty"));

        assertThat(server.get("/empty").header("Content-Length")).contains("0");
    }
}
