package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What throws while a head or trailers are written ends the exchange with its connection, and nothing stays behind. */
class BrokenEndTest {
    private static final TestApplication FAILING = call -> {
        HttpExchange exchange = call.exchange();
        exchange.responseTrailers(() -> {
            throw new IllegalStateException("no trailers");
        });
        if (exchange.rawPath().equals("/part")) {
            exchange.responseBody().write(ByteBuffer.wrap(new byte[] {'x'}));
            exchange.responseBody().flush();
        } else if (exchange.rawPath().equals("/last")) {
            TestApplication.text(call, "x");
        }
    };

    /** HTTP/1.1 carries 127 fields of one name, so this head cannot be written. */
    private static final TestApplication HEADS = call -> {
        HttpExchange exchange = call.exchange();
        for (int i = 0; i < 200; i++) {
            exchange.responseHeaders().add("Set-Cookie", "c" + i + "=1");
        }
        if (exchange.rawPath().equals("/part")) {
            exchange.responseBody().write(ByteBuffer.wrap(new byte[] {'x'}));
            exchange.responseBody().flush();
        } else if (exchange.rawPath().equals("/last")) {
            TestApplication.text(call, "x");
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"/part", "/last", "/end"})
    void aHeadThatCannotBeWritten(String path) {
        eachIsLeft(HEADS, path, rest -> assertThat(rest).doesNotStartWith("HTTP/1.1 200"));
    }

    /** Asks five times, and waits until nothing of it is left. */
    private static void eachIsLeft(TestApplication application, String path, Consumer<String> check) {
        try (TestEngine engine = TestEngine.of(application)) {
            for (int i = 0; i < 5; i++) {
                try (RawClient client = engine.connect()) {
                    client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
                    check.accept(client.rest());
                }
            }
            await().until(() -> engine.completed().size() == 5);
            await().until(() -> engine.listener().connections() == 0);
            await().until(() -> engine.gate().activeRequests().isEmpty());
            await().until(() -> engine.buffers().outstanding() == 0);
            assertThat(engine.gate().stats().inFlight()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/part", "/last"})
    void leavesNothingBehind(String path) {
        eachIsLeft(FAILING, path, rest -> assertThat(rest).doesNotEndWith("0\r\n\r\n"));
    }
}
