package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.transport.contract.Endpoint.Pair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.xnio.Options;
import org.xnio.conduits.ConduitStreamSinkChannel;

/** How the sink of a connection behaves. */
@ExtendWith(TransportFixture.class)
public class WriteContractTest {
    private static void writeHere(ConduitStreamSinkChannel sink, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (sink.write(bytes) == 0) {
                sink.awaitWritable(1, TimeUnit.SECONDS);
            }
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 8191, 8192, 16_384, 65_536, 5_000_000})
    void anotherThreadWritesEverythingInOrder(int length, Endpoint endpoint) throws Exception {
        byte[] bytes = random(length);
        for (boolean direct : new boolean[] {false, true}) {
            try (Pair pair = endpoint.connect()) {
                ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
                buffer.put(bytes).flip();
                CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> {
                    try {
                        return pair.client().getInputStream().readNBytes(length);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                writeHere(pair.server().getSinkChannel(), buffer);
                assertThat(Arrays.equals(received.get(60, TimeUnit.SECONDS), bytes))
                        .isTrue();
            }
        }
    }

    @Test
    void theLoopAndOtherThreadsTakeTurnsWithoutMixingUp(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            ConduitStreamSinkChannel sink = pair.server().getSinkChannel();
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                String text = "part " + i + ";";
                expected.append(text);
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                if (i % 2 == 0) {
                    pair.onLoop(() -> {
                        while (bytes.hasRemaining()) {
                            sink.write(bytes); // small enough for every buffer on the way
                        }
                        return null;
                    });
                } else {
                    writeHere(sink, bytes);
                }
            }
            byte[] received = pair.client().getInputStream().readNBytes(expected.length());
            assertThat(new String(received, java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo(expected.toString());
        }
    }

    @Test
    void aFullConnectionTakesNothingAndSaysWhenItTakesMore(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            ConduitStreamSinkChannel sink = pair.server().getSinkChannel();
            AtomicInteger ready = new AtomicInteger();
            CompletableFuture<Long> full = new CompletableFuture<>();
            ByteBuffer block = ByteBuffer.allocateDirect(32 * 1024);
            long[] written = {0};
            sink.setWriteListener(same -> {
                ready.incrementAndGet();
                try {
                    int count;
                    do {
                        block.clear();
                        count = same.write(block);
                        written[0] += count;
                    } while (count > 0);
                    if (written[0] > 200_000) {
                        full.complete(written[0]);
                    }
                } catch (IOException e) {
                    full.completeExceptionally(e);
                    same.suspendWrites();
                }
            });
            sink.resumeWrites();
            full.get(60, TimeUnit.SECONDS);
            // The client reads nothing, so after a while the listener is not called any more.
            int[] before = {-1};
            await().pollInterval(200, TimeUnit.MILLISECONDS).until(() -> {
                boolean quiet = ready.get() == before[0];
                before[0] = ready.get();
                return quiet;
            });
            long held = pair.onLoop(() -> written[0]);
            assertThat(pair.client().getInputStream().readNBytes((int) held)).hasSize((int) held);
            await().until(() -> pair.onLoop(() -> written[0]) > held);
        }
    }

    @Test
    void acceptedBytesArriveAlthoughTheConnectionIsClosedAtOnce(Endpoint endpoint) throws Exception {
        byte[] bytes = random(60_000);
        for (int i = 0; i < 20; i++) {
            try (Pair pair = endpoint.connect()) {
                int accepted = pair.onLoop(() -> {
                    ByteBuffer buffer = ByteBuffer.wrap(bytes);
                    int count = 0;
                    for (int tries = 0; tries < 1000 && buffer.hasRemaining(); tries++) {
                        count += pair.server().getSinkChannel().write(buffer);
                    }
                    assertThat(pair.server().getSinkChannel().flush()).isTrue();
                    pair.server().close();
                    pair.server().close();
                    return count;
                });
                byte[] received = pair.client().getInputStream().readAllBytes();
                assertThat(Arrays.equals(received, 0, received.length, bytes, 0, accepted))
                        .isTrue();
            }
        }
    }

    @Test
    void shuttingDownWritesComesBehindTheBytes(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            pair.onLoop(() -> {
                ByteBuffer text = ByteBuffer.wrap(new byte[] {'e', 'n', 'd'});
                while (text.hasRemaining()) {
                    pair.server().getSinkChannel().write(text);
                }
                pair.server().getSinkChannel().shutdownWrites();
                return null;
            });
            assertThat(pair.client().getInputStream().readAllBytes()).asString().isEqualTo("end");
            assertThat(pair.server().isOpen()).as("the other direction").isTrue();
            assertThatThrownBy(() -> pair.server().getSinkChannel().write(ByteBuffer.allocate(1)))
                    .isInstanceOf(ClosedChannelException.class);
        }
    }

    @Test
    void aLateErrorComesOutOfALaterWrite(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            pair.client().setSoLinger(true, 0);
            pair.client().close();
            await().untilAsserted(() -> assertThatThrownBy(() -> pair.onLoop(() -> {
                        for (int i = 0; i < 50; i++) {
                            pair.server().getSinkChannel().write(ByteBuffer.allocate(10));
                        }
                        return null;
                    }))
                    .hasRootCauseInstanceOf(IOException.class));
        }
    }

    @Test
    void waitingForRoomEndsWhenTheClientReadsOrTheConnectionCloses(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            ConduitStreamSinkChannel sink = pair.server().getSinkChannel();
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    writeHere(sink, ByteBuffer.allocate(20_000_000));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(pair.client().getInputStream().readNBytes(20_000_000)).hasSize(20_000_000);
            writing.get(60, TimeUnit.SECONDS);
            CompletableFuture<Void> stuck = CompletableFuture.runAsync(() -> {
                try {
                    writeHere(sink, ByteBuffer.allocate(200_000_000));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().during(200, TimeUnit.MILLISECONDS).until(() -> !stuck.isDone());
            pair.server().close();
            assertThatThrownBy(() -> stuck.get(60, TimeUnit.SECONDS)).hasRootCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void aFileIsSentFromTheLoopAndFromAnotherThread(Endpoint endpoint, @TempDir Path directory) throws Exception {
        byte[] content = random(1_000_003);
        Path file = Files.write(directory.resolve("content"), content);
        try (FileChannel source = FileChannel.open(file)) {
            for (boolean onLoop : new boolean[] {true, false}) {
                try (Pair pair = endpoint.connect()) {
                    CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> {
                        try {
                            return pair.client().getInputStream().readNBytes(content.length - 3);
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    });
                    long at = 3;
                    while (at < content.length) {
                        long from = at;
                        ConduitStreamSinkChannel sink = pair.server().getSinkChannel();
                        long moved = onLoop
                                ? pair.onLoop(() -> sink.transferFrom(source, from, content.length - from))
                                : sink.transferFrom(source, from, content.length - from);
                        at += moved;
                        if (moved == 0) {
                            sink.awaitWritable(1, TimeUnit.SECONDS);
                        }
                    }
                    assertThat(Arrays.equals(
                                    received.get(60, TimeUnit.SECONDS),
                                    0,
                                    content.length - 3,
                                    content,
                                    3,
                                    content.length))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void theOptionsOfTheSocketAreThere(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            assertThat(pair.server().getOption(Options.TCP_NODELAY)).isTrue();
            assertThat(pair.server().getOption(Options.KEEP_ALIVE)).isFalse();
            pair.server().setOption(Options.KEEP_ALIVE, true);
            assertThat(pair.server().getOption(Options.KEEP_ALIVE)).isTrue();
            assertThat(pair.server().getOption(Options.SEND_BUFFER)).isPositive();
            assertThat(pair.server()
                            .getPeerAddress(java.net.InetSocketAddress.class)
                            .getPort())
                    .isEqualTo(pair.client().getLocalPort());
        }
    }
}
