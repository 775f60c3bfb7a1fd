package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** An answer that is overdue is replaced by 504 at once; the late one is dropped, and the permit stays taken until it comes. */
class DeadlineTest {
    @Test
    void answers504AndDropsTheLateAnswer() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean cancelled = new AtomicBoolean();
        TestApplication slow = call -> {
            if (call.exchange().rawPath().equals("/slow")) {
                call.onCancel(() -> cancelled.set(true));
                release.await();
            }
            call.exchange().responseHeaders().set("X-App", "1");
            TestApplication.text(call, "from the application");
        };
        try (TestEngine engine = TestEngine.builder(slow)
                        .mount(options -> options.withDeadline(Duration.ofSeconds(2)))
                        .start();
                RawClient client = engine.connect()) {
            client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(504);
            await().untilTrue(cancelled);
            await().until(() -> engine.gate().stats().mounts().get(0).overdue() == 1);
            MountStats during = engine.gate().stats().mounts().get(0);
            assertThat(during.permitsTaken()).isEqualTo(1);
            assertThat(engine.gate().activeRequests()).singleElement().satisfies(request -> assertThat(request.state())
                    .isEqualTo(ActiveRequest.State.ANSWERED));

            // The connection serves the next request while the application still works on the first.
            assertThat(client.send("GET /fast HTTP/1.1\r\nHost: a\r\n\r\n")
                            .response()
                            .body())
                    .isEqualTo("from the application");
            release.countDown();
            await().until(() -> engine.gate().stats().permitsTaken() == 0);
            await().until(() -> engine.gate().stats().mounts().get(0).late() == 1);
            assertThat(client.send("GET /fast HTTP/1.1\r\nHost: a\r\n\r\n")
                            .response()
                            .status())
                    .isEqualTo(200);
        }
    }
}
