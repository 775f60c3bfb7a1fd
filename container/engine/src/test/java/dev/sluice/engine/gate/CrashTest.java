package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.RawResponse;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Application code that throws costs its own request only, and tells the client nothing. */
class CrashTest {
    private static final TestApplication CRASHING = call -> {
        switch (call.exchange().rawPath()) {
            case "/exception" -> throw new IllegalStateException("secret <b>");
            case "/error" -> recurse(0);
            case "/half" -> {
                call.exchange().responseBody().write(ByteBuffer.wrap(new byte[] {'a'}));
                call.exchange().responseBody().flush();
                throw new IllegalStateException("after the head");
            }
            default -> TestApplication.text(call, "fine");
        }
    };

    private static int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }

    @Test
    void isA500WithoutDetails() {
        try (TestEngine engine = TestEngine.builder(CRASHING)
                .mount(options -> options.withDevelopment(false))
                .start()) {
            RawResponse response = engine.get("/exception");
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.body()).doesNotContain("secret").doesNotContain("Exception");
        }
    }

    @Test
    void showsTheEscapedTraceInDevelopment() {
        try (TestEngine engine = TestEngine.of(CRASHING)) {
            assertThat(engine.get("/exception").body())
                    .contains("IllegalStateException: secret &lt;b&gt;")
                    .contains("CrashTest");
        }
    }

    @Test
    void anErrorMarksTheApplication() {
        try (TestEngine engine = TestEngine.of(CRASHING)) {
            assertThat(engine.get("/error").status()).isEqualTo(500);
            assertThat(engine.gate().stats().mounts().get(0).degraded()).contains("StackOverflowError");
            assertThat(engine.get("/").body()).isEqualTo("fine");
        }
    }

    @Test
    void aResponseThatHasBegunIsBrokenOff() {
        try (TestEngine engine = TestEngine.of(CRASHING);
                RawClient client = engine.connect()) {
            client.send("GET /half HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 200").doesNotContain("\r\n0\r\n");
            await().until(() -> engine.gate().activeRequests().isEmpty());
        }
    }

    /** As without memory for a message; on a pool of platform threads that ends the thread too. */
    @Test
    void aFailureThatCannotBeToldGivesEverythingBack() {
        TestApplication untellable = call -> {
            throw new IllegalStateException("never read") {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    throw new OutOfMemoryError("planted by a test");
                }
            };
        };
        try (TestEngine engine = TestEngine.of(untellable)) {
            for (int i = 0; i < 3; i++) {
                try (RawClient client = engine.connect()) {
                    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                    assertThat(client.rest()).doesNotStartWith("HTTP/1.1 200");
                }
            }
            await().dontCatchUncaughtExceptions()
                    .until(() -> engine.gate().activeRequests().isEmpty());
            await().dontCatchUncaughtExceptions()
                    .until(() -> engine.gate().stats().inFlight() == 0);
            await().dontCatchUncaughtExceptions().until(() -> engine.listener().connections() == 0);
        }
    }
}
