package dev.sluice.deploy.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoaderWatchTest {
    private final LoaderWatch watch = new LoaderWatch(Duration.ZERO, Clock.systemUTC(), System::gc);

    @Test
    void aLoaderThatIsHeldByNobodyGoesAway() throws Exception {
        close(watch.watch("shop", new PrivateLoader()));

        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            watch.check();
            assertThat(watch.loaders()).isEmpty();
        });
    }

    /** As with G1, whose concurrent collections do not reach what is young. */
    @Test
    void aLoaderThatOnlyRepeatedCollectionsReachIsNoLeak() {
        AtomicReference<@Nullable ClassLoader> young = new AtomicReference<>(new PrivateLoader());
        AtomicInteger collections = new AtomicInteger();
        LoaderWatch patient = new LoaderWatch(Duration.ZERO, Clock.systemUTC(), () -> {
            if (collections.incrementAndGet() == 10) {
                young.set(null);
            }
            System.gc();
        });
        patient.closed(patient.watch("shop", Objects.requireNonNull(young.get())));
        patient.check();
        assertThat(collections).hasValue(1);
        patient.check();
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            patient.check();
            assertThat(patient.loaders()).isEmpty();
        });
    }

    @Test
    void aRunningApplicationsLoaderIsNotSuspected() throws Exception {
        PrivateLoader loader = new PrivateLoader();
        watch.watch("shop", loader);
        watch.check();
        watch.check();

        assertThat(watch.loaders())
                .containsExactly(new LoaderWatch.Loader("shop", LoaderWatch.Fate.LIVE, null, List.of()));
        assertThat(loader.getParent()).isNotNull();
    }

    @Test
    void aThreadThatRunsOnIsNamed() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Runnable task = waiting(new PrivateLoader(), end);
        Thread thread = new Thread(task, "forgotten-thread");
        thread.start();
        try {
            close(watch.watch("shop", task.getClass().getClassLoader()));

            assertThat(leak().holders()).anyMatch(holder -> holder.startsWith("thread forgotten-thread that runs "));
        } finally {
            end.countDown();
            thread.join();
        }
    }

    @Test
    void aContextClassLoaderOfAThreadIsNamed() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        PrivateLoader loader = new PrivateLoader();
        Thread thread = new Thread(() -> await(end), "pool-thread");
        thread.setContextClassLoader(loader);
        thread.start();
        try {
            close(watch.watch("shop", loader));

            assertThat(leak().holders()).contains("thread pool-thread by its context class loader");
        } finally {
            end.countDown();
            thread.join();
        }
    }

    @Test
    void aThreadLocalIsNamed() throws Exception {
        ThreadLocal<Object> local = new ThreadLocal<>();
        Object value = waiting(new PrivateLoader(), new CountDownLatch(1));
        local.set(value);
        try {
            close(watch.watch("shop", value.getClass().getClassLoader()));

            assertThat(leak().holders())
                    .anyMatch(holder -> holder.startsWith(
                            "thread local of thread " + Thread.currentThread().getName()));
        } finally {
            local.remove();
        }
    }

    @Test
    void aShutdownHookIsNamed() throws Exception {
        Runnable task = waiting(new PrivateLoader(), new CountDownLatch(0));
        Thread hook = new Thread(task, "late-hook");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            close(watch.watch("shop", task.getClass().getClassLoader()));

            assertThat(leak().holders()).contains("shutdown hook late-hook");
        } finally {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void close(LoaderWatch.Watched entry) {
        watch.closed(entry);
    }

    private LoaderWatch.Loader leak() {
        watch.check(); // asks for a collection
        watch.check(); // asks for another
        assertThat(watch.loaders())
                .singleElement()
                .extracting(LoaderWatch.Loader::fate)
                .isEqualTo(LoaderWatch.Fate.CLOSED);
        watch.check(); // reports
        assertThat(watch.loaders())
                .singleElement()
                .extracting(LoaderWatch.Loader::fate)
                .isEqualTo(LoaderWatch.Fate.LEAKED);
        return watch.loaders().get(0);
    }

    private static Runnable waiting(ClassLoader loader, CountDownLatch latch) throws Exception {
        Constructor<?> constructor =
                loader.loadClass(Waiting.class.getName()).getDeclaredConstructor(CountDownLatch.class);
        constructor.setAccessible(true);
        return (Runnable) constructor.newInstance(latch);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static final class Waiting implements Runnable {
        private final CountDownLatch latch;

        Waiting(CountDownLatch latch) {
            this.latch = latch;
        }

        @Override
        public void run() {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Loads its own copy of {@link Waiting}. */
    private static final class PrivateLoader extends ClassLoader {
        PrivateLoader() {
            super(LoaderWatchTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Waiting.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
