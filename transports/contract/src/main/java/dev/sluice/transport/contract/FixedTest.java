package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.contract.Wire.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Fixed responses, answered from the read buffer or by the parser's way: the client cannot tell. */
@ExtendWith(TransportFixture.class)
public class FixedTest {
    private static final String FIXED = "GET /fixed HTTP/1.1\r\nHost: localhost\r\n\r\n";

    /** What is sent, and what must come back. */
    private record Step(String request, int length, boolean withBody) {}

    private static Step random(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Step(FIXED.replace("GET", "HEAD"), HttpUnderTest.FIXED.length, false);
            case 1 -> new Step(FIXED.replace("/fixed", "/large-fixed"), HttpUnderTest.LARGE_FIXED.length, true);
            case 2 -> new Step(FIXED.replace("/fixed", "/bytes/20000"), 20_000, true);
            case 3 -> {
                String body = "x".repeat(random.nextInt(3000));
                yield new Step(
                        "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                + body,
                        body.length(),
                        true);
            }
            default -> new Step(FIXED, HttpUnderTest.FIXED.length, true);
        };
    }

    @Test
    void anyMixInAnyPiecesIsAnsweredInOrder(HttpUnderTest http) throws Exception {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 8; round++) {
            List<Step> steps = new ArrayList<>();
            StringBuilder all = new StringBuilder();
            for (int i = 1 + random.nextInt(60); i > 0; i--) {
                Step step = random(random);
                steps.add(step);
                all.append(step.request);
            }
            byte[] bytes = all.toString().getBytes(StandardCharsets.ISO_8859_1);
            int largest = 1 << random.nextInt(15);
            try (Wire wire = http.connect()) {
                Thread sender = new Thread(() -> send(wire, bytes, new Random(seed), largest));
                sender.start();
                for (Step step : steps) {
                    Reply reply = wire.reply(step.withBody);
                    assertThat(reply.headers().get("content-length"))
                            .as("seed %d, %s", seed, step.request)
                            .isIn(null, Integer.toString(step.length));
                    if (step.withBody) {
                        assertThat(reply.bytes()).as("seed %d", seed).hasSize(step.length);
                    }
                }
                sender.join();
            }
        }
    }

    private static void send(Wire wire, byte[] bytes, Random random, int largest) {
        try {
            for (int at = 0; at < bytes.length; ) {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(largest));
                wire.send(Arrays.copyOfRange(bytes, at, end));
                at = end;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aClientThatDoesNotReadIsWaitedFor(HttpUnderTest http) throws Exception {
        try (Wire wire = http.connect()) {
            int requests = 300;
            Thread sender = new Thread(() -> send(
                    wire,
                    FIXED.replace("/fixed", "/large-fixed").repeat(requests).getBytes(StandardCharsets.ISO_8859_1),
                    new Random(1),
                    20_000));
            sender.start();
            for (int i = 0; i < requests; i++) {
                assertThat(wire.reply().bytes()).isEqualTo(HttpUnderTest.LARGE_FIXED);
            }
            sender.join();
        }
    }

    @Test
    @Tag("exact")
    void requestsThatArriveWholeNeedNoParser(HttpUnderTest http) throws IOException {
        try (Wire wire = http.connect()) {
            for (int i = 0; i < 10; i++) {
                assertThat(wire.send(FIXED).reply().bytes()).isEqualTo(HttpUnderTest.FIXED);
            }
        }
        assertThat(http.direct()).isGreaterThanOrEqualTo(5);
        assertThat(http.direct() + http.requests()).isEqualTo(10);
    }

    @Test
    void aHeadWithoutAnEndIsNoRequest(HttpUnderTest http) throws IOException {
        try (Wire wire = http.connect()) {
            wire.send(FIXED + FIXED.substring(0, FIXED.length() - 1));
            assertThat(wire.reply().bytes()).isEqualTo(HttpUnderTest.FIXED);
            wire.socket().shutdownOutput();
            assertThat(wire.closedByServer()).isTrue();
        }
    }
}
