package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that closes while its request runs costs a descriptor until the request is cancelled, and no longer. */
@ExtendWith(TransportFixture.class)
public class ClosedClientTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int CLIENTS = 30;

    private static long sockets() {
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.filter(ClosedClientTest::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed between listing and reading
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /held HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /held-elsewhere HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nsome",
                "POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n|some|more",
                "POST /held-elsewhere HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsome\r\n|4\r\nmore\r\n"
            })
    void theDescriptorGoesWithTheCancellation(String request, HttpUnderTest http) throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(DESCRIPTORS), "needs /proc");
        leave(1, request, http); // The JDK opens a socket of its own when it closes the first one.
        long before = sockets();
        leave(CLIENTS, request, http);
        await().untilAsserted(() -> {
            assertThat(http.transport().loops())
                    .allMatch(loop -> loop.counters().connectionsOpen() == 0);
            assertThat(sockets()).isLessThanOrEqualTo(before);
        });
        assertThat(http.resources().held()).as("requests that run still").isEqualTo(1 + CLIENTS);
        http.resources().release();
        await().until(() -> http.stats().open() == 0);
    }

    /** Longer than the server needs to begin to watch: each part is read by itself. */
    private static void sendAndWait(String more, List<Wire> clients) throws IOException {
        for (Wire client : clients) {
            client.send(more);
        }
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
    }

    /** So many clients ask, send what stands behind each bar when their requests run, and close. */
    private static void leave(int count, String request, HttpUnderTest http) throws IOException {
        int held = http.resources().held() + count;
        List<Wire> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(http.connect().send(request.split("\\|")[0]));
        }
        await().until(() -> http.resources().held() == held);
        for (String more : request.split("\\|")) {
            if (!request.startsWith(more)) {
                sendAndWait(more, clients);
            }
        }
        for (Wire client : clients) {
            client.close();
        }
        await().until(() -> http.resources().left() == held);
    }
}
