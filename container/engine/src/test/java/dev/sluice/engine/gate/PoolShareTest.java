package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.application.Application;
import dev.sluice.engine.application.Call;
import dev.sluice.engine.lane.LaneMode;
import dev.sluice.engine.lane.PoolLane;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application that blocks in all of its requests does not take all platform threads of the pool: others are answered. */
@Timeout(60)
class PoolShareTest {
    private static final int SHARE = 4;
    private static final int MORE = 12;
    private static final String GET = "GET /blocked HTTP/1.1\r\nHost: a\r\n\r\n";

    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger entered = new AtomicInteger();
    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        release.countDown();
        clients.forEach(RawClient::close);
    }

    /** What an application does with a request. */
    private interface Work {
        void handle(Call call) throws Exception;
    }

    private record Named(String name, Work work) implements Application {
        @Override
        public String contextPath() {
            return "/" + name;
        }

        @Override
        public void handle(Call call) throws Exception {
            work.handle(call);
        }
    }

    private void block(Call call) throws InterruptedException, IOException {
        entered.incrementAndGet();
        if (!release.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not released");
        }
        TestApplication.text(call, "released");
    }

    private TestEngine engine(Duration queueTime, Work blocked) {
        return TestEngine.builder(
                        new Named("blocked", blocked), new Named("other", call -> TestApplication.text(call, "here")))
                .lane(LaneMode.POOL)
                .pool(PoolLane.ofPlatformThreads(SHARE))
                .gate(new GateOptions(100, 100, queueTime, false))
                .start();
    }

    private static MountStats stats(TestEngine engine) {
        return engine.gate().stats().mounts().get(0);
    }

    private void send(TestEngine engine, int count) {
        for (int i = 0; i < count; i++) {
            clients.add(engine.connect().send(GET));
        }
    }

    private void releaseAll() {
        release.countDown();
        assertThat(clients)
                .extracting(RawClient::response)
                .extracting(RawResponse::body)
                .containsOnly("released");
    }

    @Test
    void othersAreAnsweredAndTheRestWaitsItsTurn() {
        try (TestEngine engine = engine(Duration.ofSeconds(60), this::block)) {
            send(engine, SHARE + MORE);
            await().until(() -> entered.get() == SHARE && stats(engine).waiting() == MORE);
            assertThat(engine.get("/other").body()).isEqualTo("here");
            assertThat(entered).hasValue(SHARE);
            releaseAll();
            await().until(() ->
                    stats(engine).permitsTaken() == 0 && stats(engine).waiting() == 0);
        }
    }

    @Test
    void whatHasWaitedTooLongIsRefused() {
        try (TestEngine engine = engine(Duration.ofMillis(50), this::block)) {
            send(engine, SHARE);
            await().until(() -> entered.get() == SHARE);
            RawResponse refused = engine.get("/blocked");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).contains("1");
            assertThat(stats(engine).permitsTaken()).isEqualTo(SHARE);
            assertThat(engine.gate().stats().permitsTaken()).isEqualTo(SHARE);
            releaseAll();
        }
    }

    @Test
    void asynchronousWorkCountsToo() {
        Work detached = call -> {
            call.detach();
            call.executor().execute(() -> {
                try {
                    block(call);
                } catch (InterruptedException | IOException e) {
                    throw new IllegalStateException(e);
                } finally {
                    call.finished();
                }
            });
        };
        try (TestEngine engine = engine(Duration.ofSeconds(60), detached)) {
            send(engine, SHARE + MORE);
            await().until(() -> entered.get() == SHARE && stats(engine).inFlight() == SHARE + MORE);
            assertThat(engine.get("/other").body()).isEqualTo("here");
            assertThat(entered).hasValue(SHARE);
            releaseAll();
            await().until(() ->
                    stats(engine).permitsTaken() == 0 && stats(engine).waiting() == 0);
        }
    }
}
