package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.transport.contract.Endpoint.Pair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.conduits.ConduitStreamSinkChannel;

/** How files are sent: in order, as fast as the client reads, and without a trace of those that were not sent to their end. */
@ExtendWith(TransportFixture.class)
public class FileContractTest {
    private static final int LARGE = 20_000_000;
    private static final int LIMIT_SECONDS = 60;

    @TempDir
    Path directory;

    private Path file(int length) throws IOException {
        byte[] content = new byte[length];
        new Random(11).nextBytes(content);
        return Files.write(directory.resolve("content-" + length), content);
    }

    private static void write(ConduitStreamSinkChannel sink, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            if (sink.write(bytes) == 0) {
                sink.awaitWritable(1, TimeUnit.SECONDS);
            }
        }
    }

    /** Sends until the end of the file, which may come early. */
    private static long send(ConduitStreamSinkChannel sink, FileChannel source, long from) throws IOException {
        long at = from;
        while (at < source.size()) {
            long moved = sink.transferFrom(source, at, source.size() - at);
            at += moved;
            if (moved == 0) {
                sink.awaitWritable(1, TimeUnit.SECONDS);
            }
        }
        return at - from;
    }

    private static CompletableFuture<byte[]> receive(Pair pair, int length) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return pair.client().getInputStream().readNBytes(length);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16_384, 300_000, 3_000_000})
    void whatIsWrittenBeforeAndAfterAFileStandsBeforeAndAfterIt(int length, Endpoint endpoint) throws Exception {
        Path file = file(length);
        byte[] content = Files.readAllBytes(file);
        try (Pair pair = endpoint.connect();
                FileChannel source = FileChannel.open(file)) {
            ConduitStreamSinkChannel sink = pair.server().getSinkChannel();
            CompletableFuture<byte[]> received = receive(pair, 2 * (length + 8));
            for (int i = 0; i < 2; i++) {
                long first = pair.onLoop(() -> {
                    ByteBuffer head = ByteBuffer.wrap("head".getBytes(StandardCharsets.US_ASCII));
                    while (head.hasRemaining()) {
                        sink.write(head); // small enough for every buffer on the way
                    }
                    return sink.transferFrom(source, 0, length);
                });
                assertThat(first + send(sink, source, first)).isEqualTo(length);
                write(sink, "tail");
            }
            byte[] expected = new byte[length + 8];
            System.arraycopy("head".getBytes(StandardCharsets.US_ASCII), 0, expected, 0, 4);
            System.arraycopy(content, 0, expected, 4, length);
            System.arraycopy("tail".getBytes(StandardCharsets.US_ASCII), 0, expected, length + 4, 4);
            byte[] bytes = received.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(Arrays.equals(bytes, 0, length + 8, expected, 0, length + 8))
                    .as("the first")
                    .isTrue();
            assertThat(Arrays.equals(bytes, length + 8, bytes.length, expected, 0, length + 8))
                    .as("the second")
                    .isTrue();
        }
    }

    @Test
    void aClientThatDoesNotReadStopsTheFileWithoutKeepingTheLoopBusy(Endpoint endpoint) throws Exception {
        Path file = file(LARGE);
        try (Pair pair = endpoint.connect();
                FileChannel source = FileChannel.open(file)) {
            ConduitStreamSinkChannel sink = pair.server().getSinkChannel();
            AtomicInteger ready = new AtomicInteger();
            CompletableFuture<Long> sent = new CompletableFuture<>();
            long[] at = {0};
            sink.setWriteListener(same -> {
                ready.incrementAndGet();
                try {
                    long moved = Long.MAX_VALUE;
                    while (moved > 0 && at[0] < LARGE) {
                        moved = same.transferFrom(source, at[0], LARGE - at[0]);
                        at[0] += moved;
                    }
                    if (at[0] == LARGE) {
                        same.suspendWrites();
                        sent.complete(at[0]);
                    }
                } catch (IOException e) {
                    same.suspendWrites();
                    sent.completeExceptionally(e);
                }
            });
            sink.resumeWrites();
            int[] before = {-1};
            await().pollInterval(200, TimeUnit.MILLISECONDS)
                    .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .until(() -> {
                        boolean quiet = ready.get() > 0 && ready.get() == before[0];
                        before[0] = ready.get();
                        return quiet;
                    });
            assertThat(sent).isNotDone();
            byte[] received = receive(pair, LARGE).get(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(sent.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(LARGE);
            assertThat(Arrays.equals(received, Files.readAllBytes(file))).isTrue();
        }
    }

    @Test
    void theEndOfAFileIsNoReasonToWait(Endpoint endpoint) throws Exception {
        Path file = file(50_000);
        try (Pair pair = endpoint.connect();
                FileChannel source = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ConduitStreamSinkChannel sink = pair.server().getSinkChannel();
            CompletableFuture<byte[]> received = receive(pair, 30_003);
            source.truncate(30_000);
            long at = 0;
            while (at < 30_000) {
                at += sink.transferFrom(source, at, 50_000 - at);
            }
            assertThat(at).isEqualTo(30_000);
            assertThat(sink.transferFrom(source, at, 20_000)).isZero();
            write(sink, "end");
            assertThat(received.get(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .hasSize(30_003)
                    .endsWith('e', 'n', 'd');
        }
    }

    @Test
    void closingEndsATransferThatWaitsAndGivesTheSocketBack(Endpoint endpoint) throws Exception {
        Path file = file(LARGE);
        for (boolean serverCloses : new boolean[] {true, false}) {
            try (Pair pair = endpoint.connect();
                    FileChannel source = FileChannel.open(file)) {
                ConduitStreamSinkChannel sink = pair.server().getSinkChannel();
                CompletableFuture<Long> sending = CompletableFuture.supplyAsync(() -> {
                    try {
                        return send(sink, source, 0);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                pair.client().getInputStream().readNBytes(1000);
                if (serverCloses) {
                    pair.server().close();
                } else {
                    pair.client().setSoLinger(true, 0);
                    pair.client().close();
                }
                assertThatThrownBy(() -> sending.get(LIMIT_SECONDS, TimeUnit.SECONDS))
                        .hasRootCauseInstanceOf(IOException.class);
            }
        }
        await().atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(endpoint.transport().loops())
                        .allMatch(loop -> loop.counters().connectionsOpen() == 0));
    }

    /** The next connection may get the same descriptor. */
    @Test
    void aTransferThatIsUnderWayWhenItsConnectionClosesNeverReachesTheNextOne(Endpoint endpoint) throws Exception {
        Path file = file(LARGE);
        for (int i = 0; i < 20; i++) {
            try (Pair first = endpoint.connect();
                    FileChannel source = FileChannel.open(file)) {
                CompletableFuture<Long> sending = CompletableFuture.supplyAsync(() -> {
                    try {
                        return send(first.server().getSinkChannel(), source, 0);
                    } catch (IOException e) {
                        return -1L;
                    }
                });
                first.client().getInputStream().readNBytes(1 + 1000 * i);
                first.server().close();
                try (Pair next = endpoint.connect()) {
                    write(next.server().getSinkChannel(), "mine");
                    next.server().close();
                    assertThat(next.client().getInputStream().readAllBytes())
                            .asString(StandardCharsets.US_ASCII)
                            .isEqualTo("mine");
                }
                assertThat(sending.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(-1);
            }
        }
    }

    @Test
    void aClosedFileIsAnErrorAndTheConnectionGoesOn(Endpoint endpoint) throws Exception {
        Path file = file(1000);
        try (Pair pair = endpoint.connect()) {
            ConduitStreamSinkChannel sink = pair.server().getSinkChannel();
            FileChannel source = FileChannel.open(file);
            source.close();
            assertThatThrownBy(() -> {
                        // Faults in between may take nothing at first.
                        for (int i = 0; i < 100; i++) {
                            sink.transferFrom(source, 0, 1000);
                        }
                    })
                    .isInstanceOf(ClosedChannelException.class);
            write(sink, "on");
            assertThat(pair.client().getInputStream().readNBytes(2)).containsExactly('o', 'n');
        }
    }
}
