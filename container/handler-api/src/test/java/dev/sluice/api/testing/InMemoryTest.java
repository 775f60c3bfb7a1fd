package dev.sluice.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Headers;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import dev.sluice.api.StatusException;
import dev.sluice.api.Template;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class InMemoryTest {
    private static InMemory with(Handler handler) throws Exception {
        return InMemory.start(setup -> setup.route("*", "/", handler));
    }

    @Test
    void requestAndAnswerArriveWhole() throws Exception {
        HandlerApplication application =
                setup -> setup.post("/echo/{id}", (request, context) -> Response.text(request.parameter("id") + " "
                                + request.query().first("q").orElse("") + " "
                                + request.cookies().get("c") + " " + request.scheme() + " " + request.contextPath()
                                + " " + request.body().text())
                        .withStatus(201)
                        .withHeader("X-Seen", request.header("x-sent").orElse("")));

        try (InMemory app = InMemory.of(application).contextPath("/shop").start()) {
            Answer answer = app.call("POST", "/echo/7%208?q=%C3%A4")
                    .header("X-Sent", "yes")
                    .header("Cookie", "a=b; c=\"d\"; broken; c=e")
                    .requestId("r-1")
                    .secure()
                    .body("text")
                    .send();

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.text()).isEqualTo("7 8 \u00e4 d https /shop text");
            assertThat(answer.headers())
                    .isEqualTo(Headers.of(
                            "Content-Type",
                            "text/plain;charset=utf-8",
                            "X-Seen",
                            "yes",
                            "X-Request-Id",
                            "r-1",
                            "Content-Length",
                            "25"));
        }
    }

    @Test
    void formsAreRead() throws Exception {
        try (InMemory app = with(
                (request, context) -> Response.text(request.form().first("a").orElse("none")))) {
            Answer form = app.call("POST", "/")
                    .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                    .body("a=b+c")
                    .send();
            assertThat(form.text()).isEqualTo("b c");
            assertThat(app.call("POST", "/").body("a=b").send().status()).isEqualTo(415);
        }
    }

    @Test
    void aFailureIsA500WithoutTheReason() throws Exception {
        try (InMemory app = with((request, context) -> {
            throw new IllegalStateException("secret");
        })) {
            Answer answer = app.get("/");

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).doesNotContain("secret");
            assertThat(answer.failure()).containsInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aStatusExceptionIsItsStatusAndMessage() throws Exception {
        try (InMemory app = with((request, context) -> {
            throw new StatusException(409, "taken");
        })) {
            assertThat(app.get("/").status()).isEqualTo(409);
            assertThat(app.get("/").text()).isEqualTo("taken");
        }
    }

    @Test
    void aBodyThatFailsBeforeItsFirstByteWasSentIsA500AndLaterBrokenOff() throws Exception {
        try (InMemory app = with((request, context) -> Response.writer("text/plain", out -> {
            out.write("begun".getBytes());
            if (request.query().first("flush").isPresent()) {
                out.flush();
            }
            throw new IllegalStateException("asked to");
        }))) {
            assertThat(app.get("/").status()).isEqualTo(500);
            assertThat(app.get("/").text()).isEqualTo("Internal Server Error");
            assertThat(app.get("/?flush").status()).isEqualTo(200);
            assertThat(app.get("/?flush").text()).isEqualTo("begun");
            assertThat(app.get("/?flush").failure()).isPresent();
        }
    }

    @Test
    void headHasTheLengthAndNoBody() throws Exception {
        try (InMemory app = with((request, context) -> Response.text("hello"))) {
            Answer answer = app.call("HEAD", "/").send();

            assertThat(answer.bytes()).isEmpty();
            assertThat(answer.header("Content-Length")).contains("5");
        }
    }

    @Test
    void trailersAreAskedForAfterTheBody() throws Exception {
        List<String> order = new ArrayList<>();
        try (InMemory app = with((request, context) -> Response.writer("text/plain", out -> order.add("body"))
                .withTrailers(() -> {
                    order.add("trailers");
                    return Headers.of("Checksum", "1");
                }))) {
            assertThat(app.get("/").trailers()).isEqualTo(Headers.of("Checksum", "1"));
            assertThat(order).containsExactly("body", "trailers");
        }
    }

    @Test
    void earlyHintsOfContextAndResponseComeInOrder() throws Exception {
        try (InMemory app = with((request, context) -> {
            context.earlyHints(Headers.of("Link", "</a>"));
            return Response.text("").withEarlyHints(Headers.of("Link", "</b>"));
        })) {
            assertThat(app.get("/").earlyHints())
                    .containsExactly(Headers.of("Link", "</a>"), Headers.of("Link", "</b>"));
        }
    }

    @Test
    void aClientThatGoesAwayCancelsTheRequestAndFailsTheWrite() throws Exception {
        AtomicReference<String> seen = new AtomicReference<>("");
        try (InMemory app = with((request, context) -> {
            context.onCancel(() -> seen.updateAndGet(s -> s + "cancel "));
            context.onFinish((status, failure) -> seen.updateAndGet(s -> s + "finish " + failure));
            return Response.events(sink -> {
                while (!context.cancelled()) {
                    sink.send("x");
                }
            });
        })) {
            assertThat(app.call("GET", "/").abortAfter(12).send().text()).hasSize(12);
            assertThat(seen.get()).startsWith("cancel finish java.io.IOException: the client went away");
        }
    }

    @Test
    void finishListenersRunInReverse() throws Exception {
        List<String> order = new ArrayList<>();
        try (InMemory app = with((request, context) -> {
            context.onFinish((status, failure) -> order.add("first " + status));
            context.onFinish((status, failure) -> order.add("second " + status));
            return Response.status(204);
        })) {
            app.get("/");
            assertThat(order).containsExactly("second 204", "first 204");
        }
    }

    @Test
    void fixedResponsesDoNotEnterMiddleware() throws Exception {
        try (InMemory app = InMemory.start(setup ->
                setup.fixed("/", Response.text("fixed")).use(next -> (request, context) -> Response.status(500)))) {
            assertThat(app.get("/").text()).isEqualTo("fixed");
            assertThat(app.call("POST", "/").send().status()).isEqualTo(500);
        }
    }

    @Test
    void everyRequestGetsItsOwnForkAndAJobKeepsIts() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        HandlerApplication application = setup -> {
            Template<List<String>> template = setup.template("list", new ArrayList<>(List.of("a")));
            setup.get("/", (request, context) -> {
                context.fork(template).add("b");
                return Response.text(context.fork(template).toString());
            });
            setup.schedule("job", Duration.ofSeconds(1), job -> {
                job.fork(template).add("c");
                sizes.add(job.fork(template).size());
            });
        };
        try (InMemory app = InMemory.of(application).forks(new ListForks()).start()) {
            assertThat(app.get("/").text()).isEqualTo("[a, b]");
            assertThat(app.get("/").text()).isEqualTo("[a, b]");
            app.runJob("job");
            app.runJob("job");
            assertThat(sizes).containsExactly(2, 3);
            assertThat(app.get("/").text()).isEqualTo("[a, b]");
        }
    }

    @Test
    void templatesNeedSomethingThatForks() {
        assertThatThrownBy(() -> InMemory.start(setup -> setup.template("x", "y")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sluice-engine");
    }

    @Test
    void theSetupEndsWithStart() throws Exception {
        AtomicReference<Setup> kept = new AtomicReference<>();
        try (InMemory app = InMemory.start(kept::set)) {
            assertThat(app.get("/").status()).isEqualTo(404);
            assertThatIllegalStateException()
                    .isThrownBy(() -> kept.get().get("/", (request, context) -> Response.text("")));
        }
    }

    @Test
    void streamedBodiesHaveNoLength() throws Exception {
        try (InMemory app = with((request, context) ->
                Response.text(request.body().length() + request.body().text()))) {
            assertThat(app.call("POST", "/")
                            .body(new ByteArrayInputStream("x".getBytes()))
                            .send()
                            .text())
                    .isEqualTo("OptionalLong.emptyx");
        }
    }

    /** Copies lists of strings. */
    private static final class ListForks implements Forks {
        @Override
        @SuppressWarnings("unchecked")
        public <T> Supplier<T> publish(String name, T value) {
            List<String> pristine = List.copyOf((List<String>) value);
            return () -> (T) new ArrayList<>(pristine);
        }
    }
}
