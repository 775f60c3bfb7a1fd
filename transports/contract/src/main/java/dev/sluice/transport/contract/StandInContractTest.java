package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.transport.Loop;
import dev.sluice.transport.contract.Endpoint.Pair;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * While what is mounted holds the thread of a loop, another thread drives the loop; afterwards its own does again. A platform thread plays
 * the mounted virtual thread: the loop's thread stands still meanwhile, as it does while it runs a continuation.
 */
@ExtendWith(TransportFixture.class)
public class StandInContractTest {
    /** Application code on the loop that does not return until it is released. */
    private static final class Hold {
        private final Loop loop;
        private final Thread mounted = new Thread(this::spin, "mounted");
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private volatile boolean released;

        Hold(Loop loop) {
            this(loop, () -> {});
        }

        /** Does something in the turn that will be held. */
        Hold(Loop loop, Runnable before) {
            this.loop = loop;
            loop.execute(() -> {
                before.run();
                loop.atTop(this::mount);
            });
        }

        private void mount() {
            loop.mounted(mounted);
            mounted.start();
            join(mounted);
            loop.unmounted();
            over.complete(null);
        }

        private void spin() {
            while (!released) {
                Thread.onSpinWait();
            }
        }

        boolean isOffTheLoop() {
            return mounted.isAlive() && loop.acting() != loop.thread() && !loop.isMounted();
        }

        void end() throws Exception {
            released = true;
            over.get(60, TimeUnit.SECONDS);
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void theOtherConnectionsOfTheLoopGoOn(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            echo(pair);
            Hold hold = new Hold(pair.loop());
            await().until(hold::isOffTheLoop);
            for (int i = 0; i < 20; i++) {
                assertEchoes(pair, i);
            }
            CompletableFuture<Thread> task = CompletableFuture.supplyAsync(Thread::currentThread, pair.loop());
            assertThat(task.get(60, TimeUnit.SECONDS)).isNotSameAs(pair.loop().thread());
            assertThat(hold.isOffTheLoop()).as("all of that while it was held").isTrue();

            hold.end();
            assertThat(pair.loop().isActing()).isFalse();
            await().until(() -> pair.loop().acting() == pair.loop().thread());
            task = CompletableFuture.supplyAsync(Thread::currentThread, pair.loop());
            assertThat(task.get(60, TimeUnit.SECONDS)).isSameAs(pair.loop().thread());
            assertEchoes(pair, 'z');
        }
    }

    /** What the held turn left undone must not wait for the next event. */
    @Test
    void theHeldTurnIsFinished(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            Hold hold = new Hold(pair.loop(), () -> echo(pair));
            assertEchoes(pair, 'a');
            assertThat(hold.isOffTheLoop()).isTrue();
            hold.end();
            assertEchoes(pair, 'b');
        }
    }

    @Test
    void oneStandsInAfterTheOther(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            echo(pair);
            List<Hold> holds = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Hold hold = new Hold(pair.loop());
                await().until(hold::isOffTheLoop);
                holds.add(hold);
                assertEchoes(pair, i);
            }
            for (Hold hold : List.of(holds.get(1), holds.get(0), holds.get(2))) {
                hold.end();
                assertEchoes(pair, 'x');
            }
            await().until(() -> pair.loop().acting() == pair.loop().thread());
            assertEchoes(pair, 'y');
        }
    }

    @Test
    void whatIsMountedIsNotOnTheLoopAnyMore(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            CompletableFuture<List<Boolean>> seen = new CompletableFuture<>();
            Loop loop = pair.loop();
            Thread mounted = new Thread(() -> {
                boolean before = loop.enter();
                loop.leave();
                while (loop.isCurrent()) {
                    Thread.onSpinWait();
                }
                seen.complete(List.of(before, loop.enter()));
            });
            loop.execute(() -> loop.atTop(() -> {
                loop.mounted(mounted);
                mounted.start();
                Hold.join(mounted);
                loop.unmounted();
            }));
            assertThat(seen.get(60, TimeUnit.SECONDS)).containsExactly(true, false);
            await().until(() -> loop.acting() == loop.thread());
        }
    }

    @Test
    void whoIsInsideKeepsTheLoop(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            CompletableFuture<Boolean> kept = new CompletableFuture<>();
            Loop loop = pair.loop();
            Thread mounted = new Thread(() -> {
                boolean inside = loop.enter();
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
                while (System.nanoTime() - end < 0) {
                    inside &= loop.isCurrent();
                }
                loop.leave();
                kept.complete(inside);
            });
            loop.execute(() -> loop.atTop(() -> {
                loop.mounted(mounted);
                mounted.start();
                Hold.join(mounted);
                loop.unmounted();
            }));
            assertThat(kept.get(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void echo(Pair pair) {
        pair.server().getSourceChannel().setReadListener(source -> {
            try {
                ByteBuffer bytes = ByteBuffer.allocate(16);
                int count = source.read(bytes);
                if (count < 0) {
                    pair.server().close();
                } else if (count > 0) {
                    bytes.flip();
                    while (bytes.hasRemaining()) {
                        pair.server().getSinkChannel().write(bytes);
                    }
                }
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        pair.server().getSourceChannel().resumeReads();
    }

    private static void assertEchoes(Pair pair, int value) throws java.io.IOException {
        pair.client().getOutputStream().write(value);
        assertThat(pair.client().getInputStream().read()).isEqualTo(value);
    }
}
