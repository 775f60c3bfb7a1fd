package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing that a client sends becomes a file of an application: there is no code that writes static files. After
 * CVE-2025-24813 (partial PUT), CVE-2025-55752, CVE-2024-50379.
 */
class ReadOnlyFilesIT {
    private static final String[] TARGETS = {
        "index.html",
        "new.html",
        "new.jsp",
        "new.JSP",
        "page.jsp",
        "folder/",
        "folder/new/",
        "WEB-INF/web.xml",
        "WEB-INF/new.txt",
        "%2e%2e/escaped.html",
        "..;/escaped.html",
        "new.jsp/",
        "new.jsp%20",
    };

    @TempDir
    static Path directory;

    private static Path application;
    private static SluiceProcess sluice;

    @BeforeAll
    static void start() throws Exception {
        application = directory.resolve("exploded/files");
        Files.createDirectories(application.resolve("WEB-INF"));
        Files.createDirectories(application.resolve("folder"));
        Files.writeString(application.resolve("index.html"), "index");
        Files.writeString(application.resolve("page.jsp"), "${1+1}");
        Files.writeString(
                application.resolve("WEB-INF/web.xml"),
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\"/>");
        sluice = SluiceProcess.run(directory, application);
        assertThat(sluice.get("/files/page.jsp").body()).isEqualTo("2");
    }

    @AfterAll
    static void stop() throws Exception {
        sluice.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "MKCOL", "MOVE", "COPY", "PROPFIND", "LOCK"})
    void noMethodWrites(String method) throws Exception {
        Map<String, String> before = files();

        for (String target : TARGETS) {
            HttpResponse<String> answer = sluice.send(request(target, "<% Runtime.getRuntime().exit(1); %>", method)
                    .header("Destination", "/files/copied.html"));
            assertThat(answer.statusCode()).as("%s %s", method, target).isIn(400, 403, 404, 405, 501);
        }

        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
    void anExistingFileSaysWhichMethodsItHas(String method) throws Exception {
        HttpResponse<String> answer = sluice.send(request("index.html", "changed", method));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow"))
                .hasValueSatisfying(
                        allowed -> assertThat(allowed).contains("GET").doesNotContain("PUT", "DELETE"));
        assertThat(sluice.get("/files/index.html").body()).isEqualTo("index");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 0-3/7", "bytes 2-100/1000"})
    void aPartialPutIsNoPut(String range) throws Exception {
        Map<String, String> before = files();

        for (String target : TARGETS) {
            HttpResponse<String> answer =
                    sluice.send(request(target, "part", "PUT").header("Content-Range", range));
            assertThat(answer.statusCode()).as(target).isIn(400, 403, 404, 405, 501);
        }

        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "new.jsp", "folder/", "WEB-INF/new.jsp"})
    void anUploadToAFileIsNotTaken(String target) throws Exception {
        Map<String, String> before = files();
        String body =
                "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"../../new.jsp\"\r\n\r\nx\r\n--B--\r\n";

        HttpResponse<String> answer =
                sluice.send(request(target, body, "POST").header("Content-Type", "multipart/form-data; boundary=B"));

        assertThat(answer.statusCode()).isIn(403, 404, 405);
        assertThat(files()).isEqualTo(before);
    }

    private static HttpRequest.Builder request(String target, String body, String method) {
        return sluice.request("/files/" + target).method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    /** Everything that the server could write to, but its own logs: path and content. */
    private static Map<String, String> files() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            all.filter(Files::isRegularFile).forEach(file -> found.put(file.toString(), content(file)));
        }
        return found;
    }

    private static String content(Path file) {
        try {
            return Files.size(file) + " " + Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
