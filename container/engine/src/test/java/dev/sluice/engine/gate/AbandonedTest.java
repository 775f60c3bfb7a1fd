package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.application.Call;
import dev.sluice.engine.application.LaneHint;
import dev.sluice.engine.application.Target;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request that cannot be given to its application, whatever fails on the way, gives back what it has taken. */
class AbandonedTest {
    private static final int REQUESTS = 5;

    static Stream<Supplier<Throwable>> failures() {
        return Stream.of(
                () -> new OutOfMemoryError("planted by a test"),
                () -> new StackOverflowError("planted by a test"),
                () -> new IllegalStateException("never read") {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String getMessage() {
                        throw new OutOfMemoryError("planted by a test");
                    }
                });
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    /** An application that is never entered. */
    private static TestApplication going(Function<HttpExchange, Target> target) {
        return new TestApplication() {
            @Override
            public void handle(Call call) {
                throw new IllegalStateException("never reached");
            }

            @Override
            public Target target(HttpExchange exchange) {
                return target.apply(exchange);
            }
        };
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whileItsTargetIsAskedFor(Supplier<Throwable> failure) {
        check(failure, going(exchange -> {
            throw unchecked(failure.get());
        }));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whileItsLaneIsAskedFor(Supplier<Throwable> failure) {
        check(failure, going(exchange -> new Target() {
            @Override
            public String route() {
                return "";
            }

            @Override
            public LaneHint lane() {
                throw unchecked(failure.get());
            }
        }));
    }

    private static void check(Supplier<Throwable> failure, TestApplication application) {
        try (TestEngine engine = TestEngine.of(application)) {
            for (int i = 0; i < REQUESTS; i++) {
                try (RawClient client = engine.connect()) {
                    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                    assertThat(client.rest())
                            .as(failure.get().getClass().getName())
                            .doesNotStartWith("HTTP/1.1 200");
                }
            }
            await().dontCatchUncaughtExceptions()
                    .until(() -> engine.gate().activeRequests().isEmpty());
            await().dontCatchUncaughtExceptions()
                    .until(() -> engine.gate().stats().inFlight() == 0);
            await().dontCatchUncaughtExceptions().until(() -> engine.listener().connections() == 0);
            assertThat(engine.gate().stats().mounts()).allMatch(mount -> mount.inFlight() == 0);
        }
    }
}
