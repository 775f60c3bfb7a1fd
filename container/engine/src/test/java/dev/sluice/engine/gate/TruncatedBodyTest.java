package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.testing.RawClient;
import dev.sluice.engine.testing.TestApplication;
import dev.sluice.engine.testing.TestEngine;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that goes away in the middle of its body has left; the application has not failed. */
class TruncatedBodyTest {

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100", "Transfer-Encoding: chunked"})
    void isNoCrash(String framing) throws IOException {
        try (TestEngine engine =
                TestEngine.of(call -> TestApplication.text(call, TestApplication.body(call.exchange())))) {
            try (RawClient client = engine.connect()) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n\r\n64\r\nabc");
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> engine.gate().stats().mounts().get(0).permitsTaken() == 1);
                client.socket().shutdownOutput();
                client.rest();
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> engine.completed().size() == 1);

            // Who only stopped sending may still read that the body was cut off.
            assertThat(engine.completed().get(0).status()).isIn(0, 400);
            assertThat(engine.gate().stats().mounts().get(0).crashed()).isZero();
        }
    }
}
