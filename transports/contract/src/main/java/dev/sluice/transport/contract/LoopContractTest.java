package dev.sluice.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.transport.Loop;
import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportOptions;
import dev.sluice.transport.TransportProvider;
import dev.sluice.transport.contract.Endpoint.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xnio.XnioExecutor.Key;
import org.xnio.XnioIoThread;

/** Threads, tasks and timers of loops. */
@ExtendWith(TransportFixture.class)
public class LoopContractTest {
    private static final TransportOptions ONE_LOOP =
            TransportOptions.builder().loops(1).build();

    @Test
    void listenersAreCalledOnTheConnectionsLoop(Endpoint endpoint) throws Exception {
        for (int i = 0; i < 6; i++) {
            try (Pair pair = endpoint.connect()) {
                List<Thread> seen = Collections.synchronizedList(new ArrayList<>());
                pair.server().getSourceChannel().setReadListener(source -> {
                    seen.add(Thread.currentThread());
                    source.suspendReads();
                });
                pair.server().getSourceChannel().resumeReads();
                pair.client().getOutputStream().write(1);
                await().until(() -> !seen.isEmpty());
                assertThat(seen).containsExactly(pair.server().getIoThread());
                assertThat(pair.onLoop(XnioIoThread::currentThread))
                        .isSameAs(pair.server().getIoThread());
                assertThat(pair.onLoop(pair.loop()::isCurrent)).isTrue();
                assertThat(pair.loop().isCurrent()).isFalse();
            }
        }
    }

    @Test
    void tasksOfOneThreadKeepTheirOrder(Transport transport) throws Exception {
        Loop loop = transport.loops().get(0);
        List<Integer> order = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 5000; i++) {
            int number = i;
            loop.execute(() -> order.add(number));
        }
        loop.execute(done::countDown);
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(order).hasSize(5000).isSorted();
    }

    @Test
    void aTaskNeverRunsInsideTheOneThatQueuedIt(Transport transport) throws Exception {
        Loop loop = transport.loops().get(0);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            loop.execute(() -> {
                order.add("inner");
                done.countDown();
            });
            order.add("outer");
        });
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(order).containsExactly("outer", "inner");
    }

    @Test
    void aTaskThatThrowsDoesNotEndTheLoop(Transport transport) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        transport.loops().get(0).execute(() -> {
            throw new IllegalStateException("thrown on purpose by a test");
        });
        transport.loops().get(0).execute(done::countDown);
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void delayedTasksComeInOrderAndNotTooEarly(Transport transport) throws Exception {
        Loop loop = transport.loops().get(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(3);
        long start = System.nanoTime();
        long[] at = new long[1];
        loop.executeAfter(
                () -> {
                    order.add("last");
                    at[0] = System.nanoTime();
                    done.countDown();
                },
                1_500,
                TimeUnit.MILLISECONDS);
        loop.executeAfter(
                () -> {
                    order.add("middle");
                    done.countDown();
                },
                500,
                TimeUnit.MILLISECONDS);
        loop.executeAfter(
                () -> {
                    order.add("first");
                    done.countDown();
                },
                0,
                TimeUnit.MILLISECONDS);
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(order).containsExactly("first", "middle", "last");
        assertThat(at[0] - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(1_500));
    }

    @Test
    void aDelayedTaskCanBeCancelledOnce(Transport transport) {
        AtomicInteger runs = new AtomicInteger();
        Key key = transport.loops().get(0).executeAfter(runs::incrementAndGet, 1_000, TimeUnit.MILLISECONDS);
        assertThat(key.remove()).isTrue();
        assertThat(key.remove()).isFalse();
        Key ran = transport.loops().get(0).executeAfter(runs::incrementAndGet, 1_050, TimeUnit.MILLISECONDS);
        await().until(() -> runs.get() > 0);
        assertThat(runs).hasValue(1);
        assertThat(ran.remove()).isFalse();
    }

    @Test
    void repeatedTasksRunUntilTheyAreRemoved(Transport transport) {
        AtomicInteger runs = new AtomicInteger();
        Key key = transport.worker().getIoThread(0).executeAtInterval(runs::incrementAndGet, 5, TimeUnit.MILLISECONDS);
        await().until(() -> runs.get() >= 3);
        key.remove();
        await().during(100, TimeUnit.MILLISECONDS).until(() -> {
            int before = runs.get();
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            return runs.get() == before;
        });
    }

    @Test
    void aClosedTransportRejectsTasksAndEndsItsThreads(TransportProvider provider) throws Exception {
        Transport transport = provider.open(ONE_LOOP);
        Loop loop = transport.loops().get(0);
        transport.close();
        transport.close();
        assertThat(loop.thread().isAlive()).isFalse();
        assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> loop.executeAfter(() -> {}, 1, TimeUnit.SECONDS))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(transport.worker().isTerminated()).isTrue();
    }

    @Test
    void closingATransportClosesItsConnections(TransportProvider provider) throws Exception {
        Transport transport = provider.open(ONE_LOOP);
        Endpoint endpoint = new Endpoint(transport);
        Pair pair = endpoint.connect();
        transport.close();
        assertThat(pair.client().getInputStream().read()).isEqualTo(-1);
        pair.client().close();
    }

    @Test
    void loopsSleepWhenNothingHappens(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            pair.server().getSourceChannel().setReadListener(source -> {});
            pair.server().getSourceChannel().resumeReads();
            pair.onLoop(() -> null);
            var threads = ManagementFactory.getThreadMXBean();
            long id = pair.server().getIoThread().getId();
            long before = threads.getThreadCpuTime(id);
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            assertThat(threads.getThreadCpuTime(id) - before).isLessThan(TimeUnit.MILLISECONDS.toNanos(25));
        }
    }

    /** The loop's thread stands still as it does while it runs a continuation, so another thread may play the mounted one. */
    @Test
    void aMountedThreadCountsAsTheLoop(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            Loop loop = pair.loop();
            AtomicBoolean wasCurrent = new AtomicBoolean();
            Thread mounted = new Thread(() -> {
                boolean on = loop.enter(); // From here the loop cannot be taken over; it may have been before.
                wasCurrent.set(loop.isCurrent() == on);
                try {
                    ByteBuffer text = ByteBuffer.wrap(new byte[] {'o', 'k'});
                    while (text.hasRemaining()) {
                        pair.server().getSinkChannel().write(text);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } finally {
                    loop.leave();
                }
            });
            onTop(loop, () -> {
                loop.mounted(mounted);
                mounted.start();
                join(mounted);
                loop.unmounted();
            });
            assertThat(pair.client().getInputStream().readNBytes(2)).asString().isEqualTo("ok");
            mounted.join();
            assertThat(wasCurrent).isTrue();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void nothingIsMountedInsideATaskOrEvent(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            Thread any = Thread.currentThread();
            assertThatThrownBy(
                            () -> CompletableFuture.runAsync(() -> pair.loop().mounted(any), pair.loop())
                                    .join())
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in a command of atTop");
            assertThat(pair.loop().isMounted()).isFalse();
        }
    }

    @Test
    void nothingIsMountedWhileAMonitorIsHeld(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            Thread any = Thread.currentThread();
            Object monitor = new Object();
            CompletableFuture<Void> planted = new CompletableFuture<>();
            onTop(pair.loop(), () -> {
                try {
                    synchronized (monitor) {
                        pair.loop().mounted(any);
                    }
                    planted.complete(null);
                } catch (IllegalStateException e) {
                    planted.completeExceptionally(e);
                }
            });
            assertThatThrownBy(planted::join)
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("holds monitors");
            assertThat(pair.loop().isMounted()).isFalse();
        }
    }

    @Test
    void whatWaitsForTheTopRunsBeforeTheTurnEnds(Endpoint endpoint) throws Exception {
        try (Pair pair = endpoint.connect()) {
            List<String> order = new CopyOnWriteArrayList<>();
            CompletableFuture<Void> next = new CompletableFuture<>();
            pair.loop().execute(() -> {
                pair.loop().execute(() -> {
                    order.add("next turn");
                    next.complete(null);
                });
                pair.loop().atTop(() -> order.add("top"));
                order.add("task");
            });
            next.get(60, TimeUnit.SECONDS);
            assertThat(order).containsExactly("task", "top", "next turn");
        }
    }

    private static void onTop(Loop loop, Runnable command) {
        loop.execute(() -> loop.atTop(command));
    }
}
