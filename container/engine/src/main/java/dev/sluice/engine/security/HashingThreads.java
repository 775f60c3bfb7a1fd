package dev.sluice.engine.security;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The threads that compute hashes of passwords, which are slow on purpose: whoever waits for one gives its loop back. As many as there
 * are processors but one, so that guessing does not take all of them; they end when nobody logs in.
 */
final class HashingThreads {
    private static final int COUNT = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final ThreadPoolExecutor POOL = pool();

    private HashingThreads() {}

    private static ThreadPoolExecutor pool() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(COUNT, COUNT, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "sluice-passwords-" + NAMES.incrementAndGet());
                    // It may be made by a request, whose application it must not keep.
                    thread.setContextClassLoader(HashingThreads.class.getClassLoader());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** What the supplier returns or throws, when one of the threads has computed it. */
    static <T> T compute(Supplier<T> hash) {
        try {
            return CompletableFuture.supplyAsync(hash, POOL).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
