package dev.sluice.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.Template;
import dev.sluice.api.testing.InMemory;
import java.io.FileInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Each request and each job works on a fork of its own. */
class HandlerForkTest {
    private static final class Counter {
        private int count;

        int next() {
            return ++count;
        }
    }

    @Test
    void noRequestSeesWhatAnotherChanged() throws Exception {
        try (HandlerServer server = HandlerServer.start(setup -> {
            Template<Counter> counter = setup.template("counter", new Counter());
            setup.get(
                    "/",
                    (request, context) -> Response.text(context.fork(counter).next() + " "
                            + context.fork(counter).next()));
        })) {
            assertThat(server.get("/").body()).isEqualTo("1 2");
            assertThat(server.get("/").body()).isEqualTo("1 2");
        }
    }

    @Test
    void theServerKnowsWhatWasPublishedAndHowOftenItWasForked() throws Exception {
        try (HandlerServer server = HandlerServer.start(setup -> {
            Template<Counter> counter = setup.template("counter", new Counter());
            setup.template("another", new Counter());
            setup.get(
                    "/",
                    (request, context) ->
                            Response.text("" + context.fork(counter).next()));
        })) {
            server.get("/");
            server.get("/");
            assertThat(server.deployment().templates())
                    .extracting(template ->
                            template.name() + " " + template.statistics().forks())
                    .containsExactly("another 0", "counter 2");
        }
    }

    @Test
    void capturedVariablesAreForkedToo() throws Exception {
        int[] captured = new int[1];
        IntSupplier increment = () -> ++captured[0];
        try (HandlerServer server = HandlerServer.start(setup -> {
            Template<IntSupplier> template = setup.template("lambda", increment);
            setup.get(
                    "/",
                    (request, context) -> Response.text(
                            Integer.toString(context.fork(template).getAsInt())));
        })) {
            assertThat(server.get("/").body()).isEqualTo("1");
            assertThat(server.get("/").body()).isEqualTo("1");
            assertThat(captured[0]).isZero();
        }
    }

    @Test
    void whatTheApplicationDoesToTheOriginalLaterHasNoEffect() throws Exception {
        Map<String, String> original = new HashMap<>(Map.of("a", "b"));
        try (HandlerServer server = HandlerServer.start(setup -> {
            Template<Map<String, String>> template = setup.template("map", original);
            setup.get(
                    "/",
                    (request, context) -> Response.text(context.fork(template).toString()));
        })) {
            original.put("a", "changed");
            assertThat(server.get("/").body()).isEqualTo("{a=b}");
        }
    }

    @Test
    void aJobKeepsItsForkFromRunToRun() throws Exception {
        List<Integer> runs = new CopyOnWriteArrayList<>();
        try (HandlerServer server = HandlerServer.start(setup -> {
            Template<Counter> counter = setup.template("counter", new Counter());
            setup.schedule("job", Duration.ofMillis(5), job -> {
                runs.add(job.fork(counter).next());
                if (runs.size() == 2) {
                    throw new IllegalStateException("asked to: the job goes on");
                }
            });
            setup.get(
                    "/",
                    (request, context) ->
                            Response.text(Integer.toString(context.fork(counter).next())));
        })) {
            Awaitility.await().until(() -> runs.size() >= 4);
            assertThat(runs).startsWith(1, 2, 3, 4);
            assertThat(server.get("/").body()).isEqualTo("1");
        }
    }

    @Test
    void aTaskThatARequestStartsSharesTheRequestsFork() throws Exception {
        try (HandlerServer server = HandlerServer.start(setup -> {
            Template<Counter> counter = setup.template("counter", new Counter());
            setup.get("/", (request, context) -> {
                CompletableFuture<Counter> task = CompletableFuture.supplyAsync(() -> {
                    context.fork(counter).next();
                    return context.fork(counter);
                });
                boolean same = task.get(60, TimeUnit.SECONDS) == context.fork(counter);
                return Response.text(context.fork(counter).next() + " " + same);
            });
        })) {
            assertThat(server.get("/").body()).isEqualTo("2 true");
            assertThat(server.get("/").body()).isEqualTo("2 true");
        }
    }

    @Test
    void twoJobsDoNotSeeEachOther() throws Exception {
        Map<String, List<Integer>> runs = Map.of("a", new CopyOnWriteArrayList<>(), "b", new CopyOnWriteArrayList<>());
        try (HandlerServer server = HandlerServer.start(setup -> {
            Template<Counter> counter = setup.template("counter", new Counter());
            runs.forEach((name, seen) -> setup.schedule(
                    name,
                    Duration.ofMillis(5),
                    job -> seen.add(job.fork(counter).next())));
        })) {
            Awaitility.await().until(() -> runs.values().stream().allMatch(seen -> seen.size() >= 3));
            runs.values().forEach(seen -> assertThat(seen).startsWith(1, 2, 3));
        }
    }

    @Test
    void whatCannotBeCopiedFailsTheStartWithItsPath() throws Exception {
        Map<String, Object> state = new HashMap<>();
        state.put("loader", new ArrayList<>(List.of(new FileInputStream(java.io.FileDescriptor.in))));

        assertThatThrownBy(() -> HandlerServer.start(setup -> setup.template("state", state)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("state")
                .hasMessageContaining("java.io.FileInputStream");
    }

    @Test
    void aNameIsTakenOnce() {
        assertThatThrownBy(() -> HandlerServer.start(setup -> {
                    setup.template("a", "b");
                    setup.template("a", "c");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a'");
    }

    @Test
    void testsInMemoryForkLikeTheServer() throws Exception {
        HandlerApplication application = setup -> {
            Template<Counter> counter = setup.template("counter", new Counter());
            setup.get(
                    "/",
                    (request, context) ->
                            Response.text(Integer.toString(context.fork(counter).next())));
        };
        try (InMemory app = InMemory.start(application)) {
            assertThat(app.get("/").text()).isEqualTo("1");
            assertThat(app.get("/").text()).isEqualTo("1");
        }
        assertThatThrownBy(() ->
                        InMemory.start(setup -> setup.template("in", new FileInputStream(java.io.FileDescriptor.in))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
