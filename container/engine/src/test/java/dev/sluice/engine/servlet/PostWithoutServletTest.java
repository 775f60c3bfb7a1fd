package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.descriptor.ErrorPage;
import dev.sluice.engine.header.HttpDate;
import dev.sluice.engine.testing.RawResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nobody but the container serves, asked for with a body: a missing path, a directory, a file. */
class PostWithoutServletTest {
    private static TestWebApp app;

    @BeforeAll
    static void start() {
        app = TestWebApp.builder()
                .file("/file.txt", "text")
                .file("/dir/other.txt", "text")
                .file("/home/index.html", "welcome")
                .servlet("/error", (request, response) -> response.getWriter()
                        .print("page of " + request.getAttribute("jakarta.servlet.error.request_uri")))
                .descriptor(builder -> builder.welcomeFiles(List.of("index.html"))
                        .errorPages(List.of(new ErrorPage(404, null, "/error"))))
                .start();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static RawResponse send(String method, String target) {
        return app.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\na=1");
    }

    @ParameterizedTest
    @CsvSource({"POST, /app/none", "POST, /app/none/", "POST, /app/dir/none.txt", "POST, /app/WEB-INF/web.xml"})
    void whatIsMissingIsNotFoundWithThePageOfTheApplication(String method, String target) {
        RawResponse answer = send(method, target);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("page of " + target);
    }

    @ParameterizedTest
    @CsvSource({
        "/app/dir, http://localhost/app/dir/",
        "/app/home?x=1, http://localhost/app/home/?x=1",
        "/app, http://localhost/app/"
    })
    void aDirectoryWithoutASlashRedirects(String target, String location) {
        for (String method : new String[] {"GET", "POST"}) {
            RawResponse answer = send(method, target);
            assertThat(answer.status()).as(method).isEqualTo(302);
            assertThat(answer.header("Location")).as(method).contains(location);
        }
    }

    @Test
    void aWelcomeFileAnswersForItsDirectory() {
        assertThat(send("POST", "/app/home/").body()).isEqualTo("welcome");
        assertThat(send("POST", "/app/dir/").status()).isEqualTo(404);
    }

    @Test
    void aFileTakesNone() {
        RawResponse answer = send("POST", "/app/file.txt");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT|784111777000",
                "Thu, 01 Jan 1970 00:00:00 GMT|0",
                "Wed, 31 Dec 1969 23:59:59 GMT|-1000",
                "Mon, 01 Jan 0001 00:00:00 GMT|-62135596800000",
                "Fri, 31 Dec 9999 23:59:59 GMT|253402300799000",
                "Sunday, 06-Nov-94 08:49:37 GMT|784111777000",
                "Sun Nov  6 08:49:37 1994|784111777000",
                "Wed Dec 31 23:59:59 1969|-1000"
            })
    void datesFromBefore1970To9999AreRead(String date, long millis) {
        Inside.send(
                TestWebApp.builder(),
                "GET /app/check HTTP/1.1\r\nHost: localhost\r\nWhen: " + date + "\r\nIf-Modified-Since: " + date
                        + "\r\n\r\n",
                (request, response) -> {
                    assertThat(request.getDateHeader("When")).isEqualTo(millis);
                    assertThat(request.getDateHeader("If-Modified-Since")).isEqualTo(millis);
                    response.setDateHeader("When", millis);
                    if (date.endsWith("GMT") && date.indexOf(',') == 3) {
                        assertThat(response.getHeader("When")).isEqualTo(date);
                    }
                });
        long modified = HttpDate.parse(
                "Last-Modified",
                app.get("/app/file.txt").header("Last-Modified").orElseThrow());
        int status = app.send(
                        "GET /app/file.txt HTTP/1.1\r\nHost: localhost\r\nIf-Modified-Since: " + date + "\r\n\r\n")
                .status();
        assertThat(status).as("newer than the file or not").isEqualTo(millis >= modified ? 304 : 200);
    }
}
