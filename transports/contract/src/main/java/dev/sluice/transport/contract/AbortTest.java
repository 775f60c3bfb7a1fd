package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that vanish leave nothing behind: no descriptor, no connection, no buffer. */
@ExtendWith(TransportFixture.class)
public class AbortTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private static long sockets() throws IOException {
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.filter(AbortTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed between listing and reading
        }
    }

    private static void vanish(Wire wire) throws IOException {
        wire.socket().setSoLinger(true, 0);
        wire.close();
    }

    private static void afterwardsNothingIsLeft(HttpUnderTest http, long before) {
        await().untilAsserted(() -> {
            assertThat(http.transport().loops())
                    .allMatch(loop -> loop.counters().connectionsOpen() == 0);
            assertThat(sockets()).isLessThanOrEqualTo(before);
        });
    }

    @Test
    void aResetInTheMiddleOfARequest(HttpUnderTest http) throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(DESCRIPTORS), "needs /proc");
        long before = sockets();
        for (int i = 0; i < 50; i++) {
            Wire wire = http.connect();
            wire.send("POST /" + (i % 2 == 0 ? "" : "blocking-")
                    + "echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nonly this");
            vanish(wire);
        }
        afterwardsNothingIsLeft(http, before);
    }

    @Test
    void aResetInTheMiddleOfAnAnswer(HttpUnderTest http) throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(DESCRIPTORS), "needs /proc");
        long before = sockets();
        for (int i = 0; i < 30; i++) {
            Wire wire = http.connect();
            wire.get((i % 2 == 0 ? "/bytes/" : "/blocking/") + 20_000_000);
            assertThat(wire.socket().getInputStream().readNBytes(1000)).hasSize(1000);
            vanish(wire);
        }
        afterwardsNothingIsLeft(http, before);
    }

    @Test
    void idleConnectionsThatGoAway(HttpUnderTest http) throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(DESCRIPTORS), "needs /proc");
        long before = sockets();
        for (int i = 0; i < 50; i++) {
            Wire wire = http.connect();
            if (i % 2 == 0) {
                assertThat(wire.get("/hello").reply().body()).isEqualTo("hello");
            }
            wire.close();
        }
        afterwardsNothingIsLeft(http, before);
    }
}
