package dev.sluice.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Response;
import dev.sluice.engine.testing.RawClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CancellationTest {
    private final List<String> events = new CopyOnWriteArrayList<>();

    @Test
    void aClientThatGoesAwayCancelsTheRequest() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (HandlerServer server = HandlerServer.of((request, context) -> {
            context.onCancel(cancelled::countDown);
            context.onFinish((status, failure) -> events.add("finished"));
            events.add("started");
            cancelled.await();
            events.add("cancelled " + context.cancelled());
            return Response.text("nobody reads this");
        })) {
            try (RawClient client = server.connect()) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                Awaitility.await().until(() -> events.contains("started"));
            }
            Awaitility.await()
                    .untilAsserted(() -> assertThat(events).containsExactly("started", "cancelled true", "finished"));
        }
    }

    @Test
    void eventsToAClientThatWentAwayEnd() throws Exception {
        try (HandlerServer server = HandlerServer.of((request, context) -> Response.events(sink -> {
            try {
                while (true) {
                    sink.send("x".repeat(1000));
                }
            } finally {
                events.add("ended");
            }
        }))) {
            try (RawClient client = server.connect()) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.line()).contains("200");
            }
            Awaitility.await().until(() -> events.contains("ended"));
        }
    }

    @Test
    void theDeadlineCancelsAndIsKnownBefore() throws Exception {
        AtomicReference<Instant> deadline = new AtomicReference<>();
        CountDownLatch cancelled = new CountDownLatch(1);
        AtomicReference<Instant> asked = new AtomicReference<>();
        Instant before = Instant.now();
        try (HandlerServer server = HandlerServer.start(
                "",
                setup -> setup.get("/", (request, context) -> {
                    asked.set(Instant.now());
                    deadline.set(context.deadline().orElseThrow());
                    context.onCancel(cancelled::countDown);
                    cancelled.await();
                    return Response.text("late");
                }),
                builder -> builder.mount(options -> options.withDeadline(Duration.ofMillis(300))))) {
            assertThat(server.get("/").status()).isEqualTo(504);
            Awaitility.await().until(() -> deadline.get() != null);
            assertThat(deadline.get())
                    .isBetween(before.plusMillis(250), asked.get().plusMillis(350));
        }
    }
}
