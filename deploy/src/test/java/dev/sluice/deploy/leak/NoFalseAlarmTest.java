package dev.sluice.deploy.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Nobody is accused whose loader the collector has not looked at yet, or would let go of when memory is short. */
class NoFalseAlarmTest {
    private static URLClassLoader loader() {
        return new URLClassLoader(new URL[0]);
    }

    @Test
    void aLoaderThatIsHeldSoftlyIsNoLeak() {
        LoaderWatch watch = new LoaderWatch(Duration.ZERO, Clock.systemUTC(), System::gc);
        SoftReference<ClassLoader> cache = new SoftReference<>(loader());
        ClassLoader held = cache.get();
        assertThat(held).isNotNull();
        watch.closed(watch.watch("shop", held));
        held = null;

        for (int i = 0; i < 4; i++) {
            watch.check();
        }

        assertThat(cache.get()).as("the heap is not full").isNotNull();
        assertThat(watch.loaders())
                .singleElement()
                .extracting(LoaderWatch.Loader::fate)
                .isEqualTo(LoaderWatch.Fate.CLOSED);
    }

    @Test
    void withoutCollectionsNothingIsProven() throws Exception {
        LoaderWatch watch = new LoaderWatch(Duration.ZERO, Clock.systemUTC(), () -> {});
        ClassLoader held = loader();
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> awaitQuietly(end), "holder");
        thread.setContextClassLoader(held);
        thread.start();
        try {
            Proof proof = new Proof(1);
            proof.release();
            watch.closed(watch.watch("shop", held));
            for (int i = 0; i < 4 && !proof.collected(); i++) {
                watch.check();
                assertThat(proof.collected() || watch.loaders().get(0).fate() == LoaderWatch.Fate.CLOSED)
                        .isTrue();
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                System.gc();
                watch.check();
                return watch.loaders().get(0).fate() == LoaderWatch.Fate.LEAKED;
            });
        } finally {
            end.countDown();
            thread.join();
            Reference.reachabilityFence(held);
        }
    }

    @Test
    void askingBecomesRarerWhileNothingIsSeen() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
        int[] asked = {0};
        LoaderWatch watch = new LoaderWatch(Duration.ofSeconds(30), clock, () -> {
            asked[0]++;
            System.gc();
        });
        SoftReference<ClassLoader> cache = new SoftReference<>(loader());
        watch.closed(watch.watch("shop", java.util.Objects.requireNonNull(cache.get())));

        for (int minute = 0; minute < 240; minute++) {
            now.set(now.get().plusSeconds(60));
            watch.check();
        }

        assertThat(asked[0]).as("collections in four hours").isLessThan(40);
    }

    @Test
    void requestsThatTheContainerHoldsAreNamed() {
        LoaderWatch watch = new LoaderWatch(Duration.ZERO, Clock.systemUTC(), System::gc);
        ClassLoader held = loader();
        LoaderWatch.Watched entry = watch.watch("shop", held);
        entry.heldBy(() -> List.of("request r-1 (GET /stuck, running for 40 s)"));
        watch.closed(entry);

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            watch.check();
            assertThat(watch.loaders().get(0).holders()).contains("request r-1 (GET /stuck, running for 40 s)");
        });
        Reference.reachabilityFence(held);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
