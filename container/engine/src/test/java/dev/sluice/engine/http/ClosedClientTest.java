package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.lane.LaneMode;
import dev.sluice.engine.lane.PoolLane;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that closes while its request runs costs a descriptor until the request is cancelled, and no longer. */
class ClosedClientTest {
    private static final int CLIENTS = 30;

    private static long sockets() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(ClosedClientTest::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "POOL"})
    void theDescriptorGoesWithTheCancellation(LaneMode mode) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(CLIENTS);
        TestApplication stubborn = call -> {
            call.onCancel(cancelled::countDown);
            go.await();
            TestApplication.text(call, "late");
        };
        try (TestEngine engine = TestEngine.builder(stubborn)
                .lane(mode)
                .pool(PoolLane.choose(CLIENTS))
                .start()) {
            long before = sockets();
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(engine.connect().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
            }
            await().until(() -> engine.gate().stats().inFlight() == CLIENTS);
            clients.forEach(RawClient::close);
            cancelled.await();
            await().until(() -> engine.listener().connections() == 0);
            await().untilAsserted(() -> assertThat(sockets()).isLessThanOrEqualTo(before));
            go.countDown();
            await().until(() -> engine.gate().activeRequests().isEmpty());
            assertThat(engine.completed()).hasSize(CLIENTS);
            assertThat(engine.buffers().outstanding()).isZero();
        }
    }
}
