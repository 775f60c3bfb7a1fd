package dev.sluice.transport.uring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.transport.BoundListener;
import dev.sluice.transport.ListenerOptions;
import dev.sluice.transport.Loop;
import dev.sluice.transport.TransportOptions;
import io.netty.channel.uring.IoUring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSourceChannel;

/** Far more completions than the queue has entries: the kernel keeps them aside, none is lost, and it is counted. */
class CompletionOverflowTest {
    private static final int CLIENTS = 200;
    private static final int MOST_ROUNDS = 50;

    /** Netty's ring warns each time. */
    private static final Logger NETTY = Logger.getLogger("io.netty.channel.uring.IoUringIoHandler");

    private final List<Socket> clients = new ArrayList<>();
    private UringTransport transport;
    private BoundListener listener;
    private Loop loop;

    @BeforeEach
    void openWithTinyQueues() throws IOException {
        Assumptions.assumeTrue(IoUring.isAvailable(), "no io_uring on this machine");
        NETTY.setLevel(Level.SEVERE);
        TransportOptions options = TransportOptions.builder().loops(1).build();
        transport = new UringTransport("io_uring", options, new NettyRing.Sizes(8, 16));
        loop = transport.loops().get(0);
        listener = transport.listen(
                ListenerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                CompletionOverflowTest::echo);
    }

    @AfterEach
    void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        if (transport != null) {
            transport.close();
        }
        NETTY.setLevel(null);
    }

    private static void echo(StreamConnection connection) {
        ByteBuffer one = ByteBuffer.allocate(1);
        connection.getSourceChannel().setReadListener((ConduitStreamSourceChannel source) -> {
            try {
                int count = source.read(one.clear());
                if (count < 0) {
                    connection.close();
                } else if (count > 0) {
                    assertThat(connection.getSinkChannel().write(one.flip())).isEqualTo(1);
                }
            } catch (IOException e) {
                IoUtils.safeClose(connection);
            }
        });
        connection.getSourceChannel().resumeReads();
    }

    /** Does something while the loop does not look at its ring. */
    private void whileTheLoopIsBusy(Action action) throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            busy.countDown();
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
            action.run();
        } finally {
            done.countDown();
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    private void connectAll() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            Socket client = new Socket(
                    listener.address().getAddress(), listener.address().getPort());
            client.setSoTimeout(30_000);
            clients.add(client);
        }
    }

    private void everybodyGetsItsAnswer(int value) throws Exception {
        whileTheLoopIsBusy(() -> {
            for (int i = 0; i < CLIENTS; i++) {
                clients.get(i).getOutputStream().write((value + i) & 0x7f);
            }
        });
        for (int i = 0; i < CLIENTS; i++) {
            assertThat(clients.get(i).getInputStream().read()).isEqualTo((value + i) & 0x7f);
        }
    }

    @Test
    void connectionsThatComeAllAtOnceAreAllAccepted() throws Exception {
        whileTheLoopIsBusy(this::connectAll);
        await().atMost(Duration.ofSeconds(30)).until(() -> listener.accepted() == CLIENTS);
        everybodyGetsItsAnswer(1);
    }

    @Test
    void noAnswerIsLostAndTheOverflowIsCounted() throws Exception {
        connectAll();
        await().atMost(Duration.ofSeconds(30)).until(() -> listener.accepted() == CLIENTS);
        for (int round = 0; round < MOST_ROUNDS && loop.counters().completionOverflows() == 0; round++) {
            everybodyGetsItsAnswer(round);
        }
        assertThat(loop.counters().completionOverflows()).isPositive();
        everybodyGetsItsAnswer(3);
    }

    @Test
    void aQueueThatIsLargeEnoughDoesNotOverflow() throws Exception {
        listener.close();
        transport.close();
        transport = new UringTransport(
                "io_uring",
                TransportOptions.builder().loops(1).ringEntries(1024).build());
        loop = transport.loops().get(0);
        listener = transport.listen(
                ListenerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                CompletionOverflowTest::echo);
        connectAll();
        await().atMost(Duration.ofSeconds(30)).until(() -> listener.accepted() == CLIENTS);
        for (int round = 0; round < 25; round++) {
            everybodyGetsItsAnswer(round); // together more completions than the queue has entries
        }
        assertThat(loop.counters().completionOverflows()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"16, 16, 64", "17, 32, 128", "1000, 1024, 4096", "32768, 32768, 131072"})
    void sizesAreRoundedUpToPowersOfTwo(int wanted, int submissions, int completions) {
        assertThat(NettyRing.Sizes.of(wanted)).isEqualTo(new NettyRing.Sizes(submissions, completions));
    }
}
