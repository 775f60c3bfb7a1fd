package dev.sluice.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.fork.ForkOptions;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HandlerLifecycleTest {
    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    /** Notes what is called, and with which context class loader. */
    public static final class Noting implements HandlerApplication {
        @Override
        public void start(Setup setup) {
            EVENTS.add("start " + setup.name() + setup.contextPath() + setup.settings() + loader());
            setup.get("/", (request, context) -> Response.text("in handler " + loader()));
            setup.get("/late", (request, context) -> Response.writer("a/b", out -> out.write(loader().getBytes())));
            setup.schedule("job", Duration.ofMillis(1), job -> EVENTS.add("job " + loader()));
        }

        @Override
        public void stop() {
            EVENTS.add("stop " + loader());
        }

        private static String loader() {
            return Thread.currentThread().getContextClassLoader().getName();
        }
    }

    /** Cannot be made: its constructor is not public. */
    public static final class Hidden implements HandlerApplication {
        Hidden() {}

        @Override
        public void start(Setup setup) {}
    }

    /** Cannot be made: its constructor throws. */
    public static final class Failing implements HandlerApplication {
        public Failing() {
            throw new IllegalStateException("asked to");
        }

        @Override
        public void start(Setup setup) {}
    }

    @Test
    void allApplicationCodeRunsWithItsClassLoader() throws Exception {
        EVENTS.clear();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader("app", new URL[0], getClass().getClassLoader())) {
            HandlerDescription description =
                    new HandlerDescription("noting", "/n", "2", Map.of("k", "v"), loader, ForkOptions.defaults());
            HandlerDeployment deployment = HandlerDeployment.start(description, Noting.class);
            try (dev.sluice.engine.testing.TestEngine engine = dev.sluice.engine.testing.TestEngine.of(deployment)) {
                assertThat(engine.get("/n/").body()).isEqualTo("in handler app");
                assertThat(engine.get("/n/late").body()).isEqualTo("app");
                org.awaitility.Awaitility.await().until(() -> EVENTS.contains("job app"));
            }
            deployment.stop();
            int count = EVENTS.size();

            assertThat(EVENTS).startsWith("start noting/n{k=v}app").endsWith("stop app");
            assertThat(deployment.version()).isEqualTo("2");
            org.awaitility.Awaitility.await().during(Duration.ofMillis(50)).until(() -> EVENTS.size() == count);
        }
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void aClassThatCannotBeMadeIsRefusedWithWhatWasExpected() {
        HandlerDescription description = HandlerDescription.of("hidden", "", Hidden.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HandlerDeployment.start(description, Hidden.class))
                .withMessageContaining("Hidden of hidden")
                .withMessageContaining("public constructor without parameters");
        assertThatThrownBy(() -> HandlerDeployment.start(description, Failing.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("asked to");
    }

    @Test
    void aJobThatRunsOnIsInterruptedWhenTheApplicationStops() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        HandlerServer server = HandlerServer.start(setup -> setup.schedule("job", Duration.ofMillis(1), job -> {
            running.countDown();
            while (!job.cancelled()) {
                Thread.onSpinWait();
            }
            told.countDown();
        }));
        running.await();
        server.close();

        assertThat(told.getCount()).isZero();
    }

    @Test
    void theGateAnswersFixedResponsesWithoutTheApplication() throws Exception {
        try (HandlerServer server = HandlerServer.start(
                "/shop", setup -> setup.fixed("/ping", Response.text("pong").withHeader("Cache-Control", "no-store"))
                        .use(next -> (request, context) -> Response.status(500)))) {
            RawResponse response = server.get("/shop/ping");

            assertThat(response.body()).isEqualTo("pong");
            assertThat(response.header("Cache-Control")).contains("no-store");
            assertThat(response.header("Content-Type")).contains("text/plain;charset=utf-8");
            String head = "HEAD /shop/ping HTTP/1.1\r\nHost: a\r\n\r\n";
            assertThat(server.send(head).header("Content-Length")).contains("4");
            assertThat(server.send("POST /shop/ping HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
                            .status())
                    .isEqualTo(500);
            assertThat(server.engine().gate().stats().mounts().get(0).fixed()).isEqualTo(2);
        }
    }
}
