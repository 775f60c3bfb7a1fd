package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.engine.lane.LaneMode;
import dev.sluice.engine.lane.LoopLane;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that goes away while application code runs cancels its request, although nobody reads. */
class DisconnectTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicInteger gone = new AtomicInteger();
    private final AtomicReference<IOException> failure = new AtomicReference<>();

    private final TestApplication waiting = call -> {
        boolean neighbour = call.exchange().rawPath().equals("/neighbour");
        call.onCancel(neighbour ? gone::incrementAndGet : () -> cancelled.set(true));
        release.await();
        if (call.exchange().rawPath().equals("/write")) {
            ByteBuffer bytes = ByteBuffer.allocate(16 * 1024);
            for (int i = 0; i < 10_000; i++) {
                try {
                    if (call.exchange().responseBody().write(bytes.clear()) == 0) {
                        call.exchange().responseBody().awaitWritable();
                    }
                } catch (IOException e) {
                    failure.set(e);
                    throw e;
                }
            }
        } else {
            TestApplication.text(call, "answer");
        }
    };

    private TestEngine engine(LaneMode mode) {
        assumeTrue(mode != LaneMode.LOOP || LoopLane.reasonAgainst().isEmpty(), LoopLane.reasonAgainst());
        return TestEngine.builder(waiting).lane(mode).loops(1).start();
    }

    private static MountStats stats(TestEngine engine) {
        return engine.gate().stats().mounts().get(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOOP", "POOL"})
    void cancelsAndKeepsThePermit(LaneMode mode) {
        try (TestEngine engine = engine(mode)) {
            try (RawClient client = engine.connect()) {
                client.send("GET /write HTTP/1.1\r\nHost: a\r\n\r\n");
                await().until(() -> stats(engine).permitsTaken() == 1);
            }
            await().untilTrue(cancelled);
            assertThat(stats(engine).cancelled()).isEqualTo(1);
            assertThat(stats(engine).permitsTaken()).isEqualTo(1);
            release.countDown();
            await().until(() -> failure.get() != null);
            await().until(() ->
                    stats(engine).permitsTaken() == 0 && engine.listener().connections() == 0);
            await().until(() -> engine.gate().activeRequests().isEmpty());
            await().until(() -> engine.buffers().outstanding() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOOP", "POOL"})
    void anUnreadBodyDoesNotHideIt(LaneMode mode) {
        try (TestEngine engine = engine(mode)) {
            try (RawClient client = engine.connect()) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nsome");
                await().until(() -> stats(engine).permitsTaken() == 1);
            }
            await().untilTrue(cancelled);
            release.countDown();
            await().until(() -> engine.gate().activeRequests().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOOP", "POOL"})
    void aClientThatEndsItsSideIsClosedWhenItsRequestIsCancelled(LaneMode mode) throws IOException {
        try (TestEngine engine = engine(mode);
                RawClient client = engine.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            client.socket().shutdownOutput();
            await().untilTrue(cancelled);
            assertThat(client.closed()).isTrue();
            assertThat(engine.gate().stats().inFlight()).isEqualTo(1);
            release.countDown();
            await().until(() -> engine.gate().activeRequests().isEmpty());
        }
    }

    /** When a client that comes later on the same loop is known to be gone, the loop watches all before it, and has read what they had sent. */
    private void aNeighbourGoes(TestEngine engine) {
        int before = gone.get();
        long taken = stats(engine).permitsTaken();
        try (RawClient neighbour = engine.connect()) {
            neighbour.send("GET /neighbour HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> stats(engine).permitsTaken() == taken + 1);
        }
        await().until(() -> gone.get() == before + 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOOP", "POOL"})
    void aPipelinedRequestIsKept(LaneMode mode) {
        try (TestEngine engine = engine(mode);
                RawClient client = engine.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> stats(engine).permitsTaken() == 1);
            aNeighbourGoes(engine);
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            aNeighbourGoes(engine);
            release.countDown();
            assertThat(client.response().body()).isEqualTo("answer");
            assertThat(client.response().body()).isEqualTo("answer");
            assertThat(cancelled).isFalse();
        }
    }
}
