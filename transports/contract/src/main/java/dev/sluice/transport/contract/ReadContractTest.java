package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.transport.contract.Endpoint.Pair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.Options;
import org.xnio.channels.ReadTimeoutException;
import org.xnio.conduits.ConduitStreamSourceChannel;

/** How the source of a connection behaves. */
@ExtendWith(TransportFixture.class)
public class ReadContractTest {
    private static void send(Pair pair, String text) throws IOException {
        pair.client().getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads on this thread, which is not the loop, until that much came. */
    private static String readHere(ConduitStreamSourceChannel source, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            int count = source.read(bytes);
            assertThat(count).isNotNegative();
            if (count == 0) {
                source.awaitReadable(1, TimeUnit.SECONDS);
            }
        }
        return new String(bytes.array(), StandardCharsets.US_ASCII);
    }

    @Test
    void readinessIsLevelTriggered(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            AtomicInteger calls = new AtomicInteger();
            ByteBuffer one = ByteBuffer.allocate(1);
            StringBuilder read = new StringBuilder();
            pair.server().getSourceChannel().setReadListener(source -> {
                calls.incrementAndGet();
                try {
                    one.clear();
                    if (source.read(one) == 1) {
                        read.append((char) one.get(0));
                    }
                } catch (IOException e) {
                    source.suspendReads();
                }
            });
            pair.server().getSourceChannel().resumeReads();
            send(pair, "one byte for each call");
            await().until(() -> pair.onLoop(read::toString).equals("one byte for each call"));
            assertThat(calls.get()).isGreaterThanOrEqualTo(22);
        }
    }

    /** What a body of some size costs: each read asks the kernel once. */
    @Tag("exact") // short reads are more reads
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReadTakesAllThatIsThere(boolean direct, Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            ConduitStreamSourceChannel source = pair.server().getSourceChannel();
            send(pair, "first");
            assertThat(readHere(source, 5)).isEqualTo("first");
            String text = "0123456789".repeat(1_200);
            ByteBuffer bytes = direct ? ByteBuffer.allocateDirect(16 * 1024) : ByteBuffer.allocate(16 * 1024);
            AtomicInteger reads = new AtomicInteger();
            CompletableFuture<Integer> all = new CompletableFuture<>();
            source.setReadListener(ready -> {
                try {
                    for (int count = 1; count > 0; reads.incrementAndGet()) {
                        count = ready.read(bytes);
                    }
                    if (bytes.position() == text.length()) {
                        ready.suspendReads();
                        all.complete(reads.get());
                    }
                } catch (IOException e) {
                    all.completeExceptionally(e);
                }
            });
            send(pair, text);
            source.resumeReads();
            assertThat(all.get(60, TimeUnit.SECONDS)).as("reads").isLessThanOrEqualTo(4);
            assertThat(StandardCharsets.US_ASCII.decode(bytes.flip()).toString())
                    .isEqualTo(text);
        }
    }

    @Test
    void resumingFromAnyThreadFindsBytesThatCameBefore(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            send(pair, "early");
            assertThat(readHere(pair.server().getSourceChannel(), 1)).isEqualTo("e");
            CompletableFuture<String> rest = new CompletableFuture<>();
            ByteBuffer bytes = ByteBuffer.allocate(4);
            pair.server().getSourceChannel().setReadListener(source -> {
                try {
                    source.read(bytes);
                    if (!bytes.hasRemaining()) {
                        source.suspendReads();
                        rest.complete(new String(bytes.array(), StandardCharsets.US_ASCII));
                    }
                } catch (IOException e) {
                    rest.completeExceptionally(e);
                }
            });
            pair.server().getSourceChannel().resumeReads();
            assertThat(rest.get(60, TimeUnit.SECONDS)).isEqualTo("arly");
        }
    }

    @Test
    void nothingIsCalledWhileSuspendedAndNothingIsLost(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            AtomicInteger calls = new AtomicInteger();
            ConduitStreamSourceChannel source = pair.server().getSourceChannel();
            source.setReadListener(same -> {
                calls.incrementAndGet();
                same.suspendReads();
            });
            source.resumeReads();
            send(pair, "first");
            await().until(() -> calls.get() == 1);
            send(pair, "second");
            pair.onLoop(() -> null);
            pair.onLoop(() -> null);
            assertThat(calls).hasValue(1);
            assertThat(readHere(source, 11)).isEqualTo("firstsecond");
        }
    }

    @Test
    void aSuspendedReaderHoldsTheClientBack(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            ConduitStreamSourceChannel source = pair.server().getSourceChannel();
            source.setReadListener(ConduitStreamSourceChannel::suspendReads);
            source.resumeReads();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    pair.client().getOutputStream().write(new byte[64 << 20]);
                } catch (IOException e) {
                    // the test ends before everything is sent
                }
            });
            await().during(300, TimeUnit.MILLISECONDS)
                    .until(() -> pair.loop().counters().bytesRead() <= 64 * 1024 && !sending.isDone());
        }
    }

    @Test
    void theEndIsReportedOnceEverythingWasRead(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            send(pair, "last");
            pair.client().shutdownOutput();
            ConduitStreamSourceChannel source = pair.server().getSourceChannel();
            assertThat(readHere(source, 4)).isEqualTo("last");
            ByteBuffer more = ByteBuffer.allocate(1);
            await().until(() -> source.read(more) == -1);
            assertThat(source.isOpen()).isFalse();
            assertThat(source.read(more)).isEqualTo(-1);
            assertThat(pair.server().isOpen()).as("the other direction").isTrue();
            ByteBuffer answer = ByteBuffer.wrap(new byte[] {'x'});
            // One write may take nothing: fault injection refuses some.
            await().until(() -> pair.server().getSinkChannel().write(answer) == 1);
            assertThat(pair.client().getInputStream().read()).isEqualTo('x');
        }
    }

    @Test
    void waitingEndsWithBytesWithTimeAndWithClosing(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            ConduitStreamSourceChannel source = pair.server().getSourceChannel();
            long start = System.nanoTime();
            source.awaitReadable(50, TimeUnit.MILLISECONDS);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(49));
            CompletableFuture<String> bytes = CompletableFuture.supplyAsync(() -> {
                try {
                    return readHere(source, 3);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            send(pair, "now");
            assertThat(bytes.get(60, TimeUnit.SECONDS)).isEqualTo("now");
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
                try {
                    source.awaitReadable();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            pair.server().close();
            waiting.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void waitingOnTheLoopItselfIsRefused(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            assertThatThrownBy(() -> pair.onLoop(() -> {
                        pair.server().getSourceChannel().awaitReadable();
                        return null;
                    }))
                    .hasRootCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void wakingUpCallsTheListenerWithoutBytes(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            AtomicInteger calls = new AtomicInteger();
            pair.server().getSourceChannel().setReadListener(source -> {
                calls.incrementAndGet();
                source.suspendReads();
            });
            pair.server().getSourceChannel().wakeupReads();
            await().until(() -> calls.get() == 1);
        }
    }

    @Test
    void aReadThatComesTooLateTimesOut(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            pair.server().setOption(Options.READ_TIMEOUT, 50);
            assertThat(pair.server().getOption(Options.READ_TIMEOUT)).isEqualTo(50);
            ByteBuffer bytes = ByteBuffer.allocate(1);
            await().untilAsserted(() -> assertThatThrownBy(
                            () -> pair.server().getSourceChannel().read(bytes))
                    .isInstanceOf(ReadTimeoutException.class));
        }
    }

    @Test
    @Tag("exact")
    void bytesGoToAFile(Endpoint endpoint, @TempDir Path directory) throws Exception {
        Path file = directory.resolve("received");
        try (Pair pair = endpoint.connect();
                FileChannel target = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            send(pair, "to a file");
            long[] moved = {0};
            await().until(() -> {
                moved[0] += pair.server().getSourceChannel().transferTo(moved[0], 9 - moved[0], target);
                return moved[0] == 9;
            });
        }
        assertThat(Files.readString(file)).isEqualTo("to a file");
    }
}
