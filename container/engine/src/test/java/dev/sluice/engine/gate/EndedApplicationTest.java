package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.application.Application;
import dev.sluice.engine.application.Call;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** An application that goes away while requests are in it: they are ended, those of others go on, and all figures agree. */
class EndedApplicationTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger entered = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();

    private void handle(Call call) throws Exception {
        entered.incrementAndGet();
        call.onCancel(cancelled::incrementAndGet);
        String path = call.exchange().rawPath();
        if (path.endsWith("/begun")) {
            call.exchange().responseBody().write(ByteBuffer.wrap(new byte[] {'x'}));
            call.exchange().responseBody().flush();
        }
        if (path.endsWith("/detached")) {
            call.detach();
            call.onCancel(call::finished);
            return;
        }
        release.await();
        TestApplication.text(call, "done");
    }

    private final class Named implements Application {
        private final String path;

        Named(String path) {
            this.path = path;
        }

        @Override
        public String name() {
            return path;
        }

        @Override
        public String contextPath() {
            return path;
        }

        @Override
        public void handle(Call call) throws Throwable {
            EndedApplicationTest.this.handle(call);
        }
    }

    private static RawClient asked(TestEngine engine, String path) {
        return engine.connect().send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    private static Mount remove(TestEngine engine, String name) {
        Mount mount = engine.gate().mounts().stream()
                .filter(each -> each.application().name().equals(name))
                .findFirst()
                .orElseThrow();
        engine.gate()
                .serve(mounts -> mounts.stream().filter(each -> each != mount).toList());
        return mount;
    }

    @Test
    void itsRequestsAreEndedAndThoseOfOthersGoOn() {
        try (TestEngine engine = TestEngine.builder(new Named("/old"), new Named("/other"))
                        .start();
                RawClient silent = asked(engine, "/old/silent");
                RawClient begun = asked(engine, "/old/begun");
                RawClient detached = asked(engine, "/old/detached");
                RawClient other = asked(engine, "/other/x")) {
            await().until(() -> entered.get() == 4);
            Mount old = remove(engine, "/old");
            assertThat(engine.gate().stats().inFlight()).isEqualTo(4);
            assertThat(engine.gate().activeRequests(old)).hasSize(3);

            engine.gate().abort(old);

            assertThat(silent.response().status()).isEqualTo(503);
            assertThat(detached.response().status()).isEqualTo(503);
            assertThat(begun.rest()).doesNotContain("\r\n0\r\n");
            assertThat(cancelled).hasValue(3);
            release.countDown();
            assertThat(other.response().body()).isEqualTo("done");
            await().until(() -> old.whenIdle().toCompletableFuture().isDone());
            await().untilAsserted(() -> {
                assertThat(engine.gate().stats().inFlight()).isZero();
                assertThat(engine.gate().stats().permitsTaken()).isZero();
                assertThat(engine.gate().activeRequests()).isEmpty();
            });
        }
    }

    @Test
    void whatWaitsForAPermitIsRefusedAndNeverEnters() {
        try (TestEngine engine = TestEngine.builder(new Named("/old"))
                        .mount(mount -> mount.withPermits(1, 8))
                        .gate(new GateOptions(64, 64, java.time.Duration.ofHours(1), false))
                        .start();
                RawClient running = asked(engine, "/old/a");
                RawClient waiting = waiting(engine)) {
            Mount old = remove(engine, "/old");

            engine.gate().abort(old);

            assertThat(running.response().status()).isEqualTo(503);
            assertThat(waiting.response().status()).isEqualTo(503);
            release.countDown();
            await().until(() -> old.whenIdle().toCompletableFuture().isDone());
            await().until(() -> engine.gate().activeRequests().isEmpty());
            assertThat(entered).hasValue(1);
            assertThat(old.stats().permitsTaken()).isZero();
        }
    }

    private RawClient waiting(TestEngine engine) {
        await().until(() -> entered.get() == 1);
        RawClient client = asked(engine, "/old/b");
        await().until(() -> engine.gate().mounts().get(0).waiting() == 1);
        return client;
    }

    @Test
    @EnabledForJreRange(minVersion = 21)
    void codeThatSleepsIsWoken() {
        try (TestEngine engine = TestEngine.builder(new Named("/old")).start();
                RawClient sleeping = asked(engine, "/old/sleeping")) {
            await().until(() -> entered.get() == 1);
            Mount old = remove(engine, "/old");

            engine.gate().abort(old);

            assertThat(sleeping.response().status()).isEqualTo(503);
            await().until(() -> old.whenIdle().toCompletableFuture().isDone());
            assertThat(release.getCount()).isOne();
        }
    }

    @Test
    void whatIsInAnApplicationThatWasTakenOutCounts() {
        try (TestEngine engine = TestEngine.builder(new Named("/old")).start();
                RawClient running = asked(engine, "/old/a")) {
            await().until(() -> entered.get() == 1);
            engine.gate().serve(mounts -> List.of());
            assertThat(engine.gate().stats().inFlight()).isEqualTo(1);
            release.countDown();
            assertThat(running.response().body()).isEqualTo("done");
            await().until(() -> engine.gate().stats().inFlight() == 0);
        }
    }
}
