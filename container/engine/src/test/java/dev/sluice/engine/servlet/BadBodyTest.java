package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.descriptor.ErrorPage;
import dev.sluice.engine.error.Refusals;
import dev.sluice.engine.fixture.LoggedLines;
import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.http.MalformedBodyException;
import dev.sluice.engine.http.StalledBodyException;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ReadListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A body that stalls, is malformed or too large, as a web application sees it: 408, 400 and 413 where it lets the exception through, whatever it
 * has wrapped it in; a line in the log; and no failure of the application in the counters.
 */
class BadBodyTest {
    /** A body that is bad, and the status that says so. */
    private enum Bad {
        STALLED(408, "Content-Length: 20\r\n\r\na=1"),
        MALFORMED(400, "Transfer-Encoding: chunked\r\n\r\n2\r\na=\r\nxyz\r\n"),
        TOO_LARGE(413, "Transfer-Encoding: chunked\r\n\r\n40\r\n" + "a".repeat(64) + "\r\n0\r\n\r\n");

        private final int status;
        private final String body;

        Bad(int status, String body) {
            this.status = status;
            this.body = body;
        }

        String request(String path, String type) {
            return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: " + type + "\r\n" + body;
        }
    }

    private static final HttpOptions TIGHT = HttpOptions.builder()
            .readTimeout(Duration.ofMillis(300))
            .maxBodySize(32)
            .build();
    private static final String FORM = "application/x-www-form-urlencoded";

    static Stream<Arguments> letThrough() {
        TestWebApp.Code read = (request, response) -> request.getInputStream().readAllBytes();
        TestWebApp.Code reader =
                (request, response) -> request.getReader().lines().toList();
        TestWebApp.Code form = (request, response) -> request.getParameter("a");
        TestWebApp.Code wrapped = (request, response) -> {
            try {
                request.getInputStream().readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException("cannot read", e);
            }
        };
        TestWebApp.Code asCause = (request, response) -> {
            try {
                request.getInputStream().readAllBytes();
            } catch (IOException e) {
                throw new ServletException("cannot read", new ServletException("inside", e));
            }
        };
        TestWebApp.Code again = (request, response) -> {
            try {
                request.getInputStream().readAllBytes();
            } catch (IOException e) {
                request.getInputStream().readAllBytes();
            }
        };
        Map<String, TestWebApp.Code> codes = new LinkedHashMap<>();
        codes.put("stream", read);
        codes.put("reader", reader);
        codes.put("form", form);
        codes.put("wrapped", wrapped);
        codes.put("as a cause", asCause);
        codes.put("read again", again);
        return Stream.of(Bad.values()).flatMap(bad -> codes.entrySet().stream()
                .map(code -> Arguments.of(bad, Named.of(code.getKey(), code.getValue()))));
    }

    @ParameterizedTest
    @MethodSource
    void letThrough(Bad bad, TestWebApp.Code code) {
        try (LoggedLines log = new LoggedLines("dev.sluice.servlet", Level.FINE);
                TestWebApp app =
                        TestWebApp.builder().http(TIGHT).servlet("/x", code).start();
                RawClient client = app.engine().connect()) {
            client.send(bad.request("/app/x", FORM));
            assertThat(client.response().status()).isEqualTo(bad.status);
            assertThat(client.closed()).as("nothing more can be read here").isTrue();
            assertThat(app.engine().gate().stats().mounts().get(0).crashed()).isZero();
            assertThat(log.all())
                    .as("what a client causes is one line at debug")
                    .filteredOn(line -> line.contains("is refused with"))
                    .singleElement()
                    .asString()
                    .startsWith("FINE ")
                    .contains("POST /app/x", "is refused with " + bad.status, "request body");
        }
    }

    @ParameterizedTest
    @EnumSource(Bad.class)
    void letThroughInAsynchronousMode(Bad bad) {
        try (LoggedLines log = new LoggedLines("dev.sluice.engine");
                TestWebApp app = TestWebApp.builder()
                        .http(TIGHT)
                        .servlet("/x", (request, response) -> {
                            request.startAsync();
                            request.getInputStream().readAllBytes();
                        })
                        .start();
                RawClient client = app.engine().connect()) {
            client.send(bad.request("/app/x", FORM));
            assertThat(client.response().status()).isEqualTo(bad.status);
            assertThat(app.engine().gate().stats().mounts().get(0).crashed()).isZero();
            assertThat(log.all()).noneMatch(line -> line.startsWith("SEVERE"));
        }
    }

    @ParameterizedTest
    @EnumSource(Bad.class)
    void anErrorPageIsAskedFirst(Bad bad) {
        try (TestWebApp app = TestWebApp.builder()
                        .http(TIGHT)
                        .servlet("/x", (request, response) -> request.getInputStream()
                                .readAllBytes())
                        .servlet("/error", (request, response) -> response.getWriter()
                                .print("page " + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE)))
                        .descriptor(builder -> builder.errorPages(List.of(new ErrorPage(bad.status, null, "/error"))))
                        .start();
                RawClient client = app.engine().connect()) {
            RawResponse answer = client.send(bad.request("/app/x", FORM)).response();
            assertThat(answer.status()).isEqualTo(bad.status);
            assertThat(answer.body()).isEqualTo("page " + bad.status);
        }
    }

    @ParameterizedTest
    @EnumSource(Bad.class)
    void whoSwallowsItAnswersHimself(Bad bad) {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        try (TestWebApp app = TestWebApp.builder()
                        .http(TIGHT)
                        .servlet("/x", (request, response) -> {
                            try {
                                request.getInputStream().readAllBytes();
                            } catch (IOException e) {
                                seen.set(e);
                                response.getWriter().print("swallowed");
                            }
                        })
                        .start();
                RawClient client = app.engine().connect()) {
            RawResponse answer = client.send(bad.request("/app/x", FORM)).response();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("swallowed");
            assertThat(client.closed()).isTrue();
            assertThat(seen.get()).hasMessageContaining("request body");
        }
    }

    @ParameterizedTest
    @EnumSource(Bad.class)
    void parametersAndPartsThrowAnIllegalStateEachTime(Bad bad) {
        for (String type : List.of(FORM, "multipart/form-data; boundary=a")) {
            Inside.Guard guard = new Inside.Guard();
            try (TestWebApp app = TestWebApp.builder()
                            .http(TIGHT)
                            .setup(context -> {
                                ServletRegistration.Dynamic servlet = context.addServlet("x", new HttpServlet() {
                                    private static final long serialVersionUID = 1L;

                                    @Override
                                    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
                                        guard.run(() -> {
                                            assertThatThrownBy(() -> request.getParameter("a"))
                                                    .isInstanceOf(IllegalStateException.class);
                                            assertThatThrownBy(request::getParameterMap)
                                                    .isInstanceOf(IllegalStateException.class);
                                        });
                                    }
                                });
                                servlet.setMultipartConfig(new MultipartConfigElement(""));
                                servlet.addMapping("/x");
                            })
                            .start();
                    RawClient client = app.engine().connect()) {
                assertThat(client.send(bad.request("/app/x", type)).response().status())
                        .isEqualTo(200);
                guard.done();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Bad.class)
    void aReadListenerHearsOfIt(Bad bad) {
        try (TestWebApp app = TestWebApp.builder()
                        .http(TIGHT)
                        .servlet("/x", (request, response) -> {
                            AsyncContext async = request.startAsync();
                            ServletInputStream in = request.getInputStream();
                            in.setReadListener(new ReadListener() {
                                @Override
                                public void onDataAvailable() throws IOException {
                                    while (in.isReady()) {
                                        in.read();
                                    }
                                }

                                @Override
                                public void onAllDataRead() {
                                    async.complete();
                                }

                                @Override
                                public void onError(Throwable thrown) {
                                    response.setStatus(299);
                                    response.setHeader("Heard", thrown.getMessage());
                                    async.complete();
                                }
                            });
                        })
                        .start();
                RawClient client = app.engine().connect()) {
            RawResponse answer = client.send(bad.request("/app/x", FORM)).response();
            assertThat(answer.status()).isEqualTo(299);
            assertThat(answer.header("Heard").orElseThrow()).contains("request body");
        }
    }

    @Test
    void aBodyThatIsCutOff() throws IOException {
        try (TestWebApp app = TestWebApp.builder()
                        .servlet("/read", (request, response) -> request.getInputStream()
                                .readAllBytes())
                        .start();
                RawClient client = app.engine().connect()) {
            client.send("POST /app/read HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
            await().until(() -> app.engine().gate().stats().inFlight() == 1);
            client.socket().shutdownOutput();
            client.rest();
            await().until(() -> app.engine().completed().size() == 1);
            assertThat(app.engine().completed().get(0).status()).isIn(0, 400);
            assertThat(app.engine().gate().stats().mounts().get(0).crashed()).isZero();
        }
    }

    @Test
    void theStatusOfWhatTheClientCaused() {
        assertThat(Refusals.status(new StalledBodyException(Duration.ofSeconds(1))))
                .isEqualTo(408);
        assertThat(Refusals.status(new IllegalStateException(new MalformedBodyException("x"))))
                .isEqualTo(400);
        assertThat(Refusals.status(new IOException("disk"))).isNull();
    }
}
