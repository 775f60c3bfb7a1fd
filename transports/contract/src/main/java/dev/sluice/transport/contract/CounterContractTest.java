package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.Loop;
import dev.sluice.transport.LoopBuffers;
import dev.sluice.transport.Transport;
import io.undertow.connector.PooledByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Counters are exact, whoever counts: the loop, what is mounted on it, or somebody else at the same time. */
@ExtendWith(TransportFixture.class)
public class CounterContractTest {
    private static final int TIMES = 100_000;

    private static void countRequests(Loop loop) {
        for (int i = 0; i < TIMES; i++) {
            loop.counters().requestCounted();
        }
    }

    private static void waitFor(List<CompletableFuture<Void>> all) throws Exception {
        CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])).get(30, TimeUnit.SECONDS);
    }

    @Test
    void theLoopOtherLoopsAndOtherThreadsCountTogether(Transport transport) throws Exception {
        Loop loop = transport.loops().get(0);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (Loop each : transport.loops()) {
            all.add(CompletableFuture.runAsync(() -> countRequests(loop), each));
        }
        Thread other = new Thread(() -> countRequests(loop));
        other.start();
        waitFor(all);
        other.join();
        assertThat(loop.counters().requests()).isEqualTo((transport.loops().size() + 1L) * TIMES);
        assertThat(transport.loops().get(1).counters().requests()).isZero();
    }

    /** What is mounted runs instead of the loop, as a continuation does; it may lose the loop while it counts, and loses no count. */
    @Test
    void whatIsMountedCountsAsTheLoop(Transport transport) throws Exception {
        Loop loop = transport.loops().get(0);
        waitFor(List.of(CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; i < 10; i++) {
                        Thread mounted = new Thread(() -> countRequests(loop));
                        loop.mounted(mounted);
                        mounted.start();
                        try {
                            mounted.join();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        loop.unmounted();
                        loop.counters().requestCounted();
                    }
                },
                command -> loop.execute(() -> loop.atTop(command)))));
        assertThat(loop.counters().requests()).isEqualTo(10L * TIMES + 10);
        assertThat(loop.counters().mounts()).isEqualTo(10);
    }

    @Test
    void buffersThatOthersGiveBackAreNotOutstanding(Transport transport) throws Exception {
        LoopBuffers buffers = (LoopBuffers) transport.buffers();
        List<PooledByteBuffer> taken = new ArrayList<>();
        waitFor(List.of(CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; i < 20; i++) {
                        taken.add(buffers.allocate());
                    }
                },
                transport.loops().get(0))));
        assertThat(buffers.outstanding()).isEqualTo(20);
        taken.subList(0, 10).forEach(PooledByteBuffer::close);
        assertThat(buffers.outstanding()).isEqualTo(10);
        waitFor(List.of(CompletableFuture.runAsync(
                () -> taken.forEach(PooledByteBuffer::close), transport.loops().get(1))));
        assertThat(buffers.outstanding()).isZero();
    }
}
