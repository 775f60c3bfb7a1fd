package dev.sluice.deploy.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import dev.sluice.api.Shared;
import dev.sluice.api.Template;
import dev.sluice.fork.ForkOptions;
import dev.sluice.war.check.StartedRun;
import dev.sluice.war.check.StartedRun.Leak;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request leaves for the next one is found by calling routes and comparing; what it changes in its fork is not. */
class LeakSearchTest {
    private static String last = "";
    private static final List<String> SEEN = new ArrayList<>();

    private static StartedRun run(HandlerApplication application) throws Exception {
        try (Started started = new StartedHandlers(
                application, ForkOptions.defaults(), new Routes(Set.of()), handler -> Optional.empty())) {
            return new LeakSearch(started, LeakSearchTest.class.getClassLoader(), List.of(LeakSearchTest.class)).run();
        }
    }

    private static Leak only(HandlerApplication application) throws Exception {
        StartedRun run = run(application);
        assertThat(run.leaks()).hasSize(1);
        return run.leaks().get(0);
    }

    /** State as templates have it, and beside it what all forks share. */
    static final class Basket {
        private final List<String> items = new ArrayList<>();

        @Shared
        private final AtomicInteger visits = new AtomicInteger();
    }

    @Test
    void aForkMayChangeAndWhatIsAnnotatedToo() throws Exception {
        StartedRun run = run(setup -> {
            Template<Basket> template = setup.template("basket", new Basket());
            setup.get("/{item}", (request, context) -> {
                Basket mine = context.fork(template);
                mine.items.add(request.parameter("item"));
                mine.visits.incrementAndGet();
                return Response.text(mine.items.toString());
            });
        });
        assertThat(run.leaks()).isEmpty();
        assertThat(run.templates()).singleElement().asString().startsWith("basket (");
        assertThat(run.called()).isEqualTo(1);
    }

    @Test
    void aCapturedList() throws Exception {
        Leak leak = only(setup -> {
            List<String> names = new ArrayList<>();
            setup.get("/{name}", (request, context) -> {
                names.add(request.parameter("name"));
                return Response.text(names.toString());
            });
        });
        assertThat(leak.route()).isEqualTo("GET /{name}");
        assertThat(leak.path()).isEqualTo("GET /{name}.names");
        assertThat(leak.after()).startsWith("size ");
        assertThat(leak.firstOnly()).isFalse();
    }

    @Test
    void aStaticField() throws Exception {
        Leak leak = only(setup -> setup.get("/{name}", (request, context) -> {
            last = request.parameter("name");
            return Response.text(last);
        }));
        assertThat(leak.path()).isEqualTo(LeakSearchTest.class.getName() + ".last");
        assertThat(leak.firstOnly()).isFalse();
    }

    @Test
    void whatAnObjectBehindTheTemplateShares() throws Exception {
        SEEN.clear();
        StartedRun run = run(new HandlerApplication() {
            private final Basket original = new Basket();

            @Override
            public void start(Setup setup) {
                setup.template("basket", original);
                setup.get("/", (request, context) -> {
                    original.items.add("x");
                    return Response.text("" + original.items.size());
                });
            }
        });
        assertThat(run.leaks()).isNotEmpty();
        assertThat(run.leaks().get(0).path()).endsWith("original.items");
    }

    /** Sets a field when it is first asked for. */
    private static final class Lazy implements HandlerApplication {
        private String greeting;

        @Override
        public void start(Setup setup) {
            setup.get("/", (request, context) -> {
                if (greeting == null) {
                    greeting = "hello";
                }
                return Response.text(greeting);
            });
        }
    }

    @Test
    void whatOnlyTheFirstCallSetsIsSaidToBeSo() throws Exception {
        assertThat(only(new Lazy()).firstOnly()).isTrue();
    }

    @Test
    void onlyGetRoutesAreCalled() throws Exception {
        StartedRun run = run(setup -> setup.post("/order", (request, context) -> {
            SEEN.add("order");
            return Response.text("done");
        }));
        assertThat(run.uncalled()).containsExactly("POST /order (only GET is called)");
        assertThat(run.called()).isZero();
        assertThat(run.leaks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/items/{id}", "/files/{path...}", "/", "/a/{b}/c/{d}"})
    void targetsHaveNoParametersLeft(String pattern) {
        assertThat(StartedHandlers.target(pattern, "x")).doesNotContain("{").startsWith("/");
    }

    @Test
    void aRunIsTheSameAfterItWasWritten() {
        StartedRun run = new StartedRun(
                List.of("basket (3 objects copied, 0 shared)"),
                2,
                List.of("POST /order"),
                List.of(new Leak("App.last", "GET /{name}", "a", "b", false)));
        assertThat(StartedRun.parse(run.lines())).isEqualTo(run);
        assertThat(StartedRun.parse(List.of(StartedRun.failure("it\nbroke"))).failure())
                .isEqualTo("it broke");
    }
}
