package dev.sluice.transport.loop;

import dev.sluice.transport.TransportOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.ManagementRegistration;
import org.xnio.XnioWorker;
import org.xnio.management.XnioServerMXBean;
import org.xnio.management.XnioWorkerMXBean;

/**
 * The worker over the loops' threads. Unlike XNIO's own it registers nothing with JMX, which would cost start-up time. Its task pool is
 * for what Undertow itself dispatches; application code runs in lanes.
 */
public final class LoopWorker extends XnioWorker {
    /** Makes the threads, without starting them. */
    @FunctionalInterface
    public interface ThreadFactory {
        /** The thread with that index. */
        LoopThread create(LoopWorker worker, int index) throws IOException;
    }

    private final String transport;
    private final ExecutorService tasks;
    private final List<LoopThread> threads;
    private volatile boolean shutdown;

    private LoopWorker(String transport, Builder builder, ThreadFactory factory, TransportOptions options)
            throws IOException {
        super(builder);
        this.transport = transport;
        this.tasks = builder.getExternalExecutorService();
        List<LoopThread> made = new ArrayList<>(options.loops());
        try {
            for (int i = 0; i < options.loops(); i++) {
                made.add(factory.create(this, i));
            }
        } catch (IOException | RuntimeException | Error e) {
            made.forEach(LoopThread::discard);
            tasks.shutdown();
            throw e;
        }
        this.threads = List.copyOf(made);
    }

    static LoopWorker create(String transport, TransportOptions options, ThreadFactory factory) throws IOException {
        LoopXnio xnio = new LoopXnio(transport);
        AtomicInteger sequence = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                options.workerThreads(),
                options.workerThreads(),
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, options.threadName() + "-worker-" + sequence.incrementAndGet());
                    thread.setContextClassLoader(LoopWorker.class.getClassLoader());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        Builder builder = xnio.createWorkerBuilder();
        builder.setWorkerName(options.threadName());
        builder.setWorkerIoThreads(options.loops());
        builder.setExternalExecutorService(pool);
        LoopWorker worker = new LoopWorker(transport, builder, factory, options);
        xnio.belongsTo(worker);
        return worker;
    }

    List<LoopThread> threads() {
        return threads;
    }

    @Override
    public void shutdown() {
        shutdown = true;
        threads.forEach(LoopThread::requestStop);
        tasks.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return tasks.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && tasks.isTerminated() && threads.stream().noneMatch(Thread::isAlive);
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        for (LoopThread thread : threads) {
            long left = deadline - System.nanoTime();
            if (left > 0) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            }
        }
        return tasks.awaitTermination(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)
                && isTerminated();
    }

    @Override
    public void awaitTermination() throws InterruptedException {
        for (LoopThread thread : threads) {
            thread.join();
        }
        tasks.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    @Override
    public LoopThread getIoThread(int hash) {
        return threads.get(Math.floorMod(hash, threads.size()));
    }

    @Override
    public int getIoThreadCount() {
        return threads.size();
    }

    @Override
    protected LoopThread chooseThread() {
        return getIoThread(ThreadLocalRandom.current().nextInt());
    }

    @Override
    public XnioWorkerMXBean getMXBean() {
        return new Figures(this);
    }

    @Override
    protected ManagementRegistration registerServerMXBean(XnioServerMXBean bean) {
        return () -> {};
    }

    private record Figures(LoopWorker worker) implements XnioWorkerMXBean {
        @Override
        public String getProviderName() {
            return worker.transport;
        }

        @Override
        public String getName() {
            return worker.getName();
        }

        @Override
        public boolean isShutdownRequested() {
            return worker.isShutdown();
        }

        @Override
        public int getCoreWorkerPoolSize() {
            return worker.getCoreWorkerPoolSize();
        }

        @Override
        public int getMaxWorkerPoolSize() {
            return worker.getMaxWorkerPoolSize();
        }

        @Override
        public int getWorkerPoolSize() {
            return worker.getWorkerPoolSize();
        }

        @Override
        public int getBusyWorkerThreadCount() {
            return worker.getBusyWorkerThreadCount();
        }

        @Override
        public int getIoThreadCount() {
            return worker.threads.size();
        }

        @Override
        public int getWorkerQueueSize() {
            return worker.getWorkerQueueSize();
        }

        @Override
        public Set<XnioServerMXBean> getServerMXBeans() {
            return Set.of();
        }
    }
}
