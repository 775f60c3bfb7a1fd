package dev.sluice.deploy.deployment;

import dev.sluice.deploy.dropin.ArchiveName;
import dev.sluice.deploy.leak.LoaderWatch;
import dev.sluice.engine.application.Application;
import dev.sluice.engine.application.Call;
import dev.sluice.engine.routing.VirtualHost;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Applications that note what happens to them, and routes that say which of them serves a path. */
final class FakeApplications implements ApplicationOpener, Traffic {
    final List<String> log = new CopyOnWriteArrayList<>();
    final Map<String, Application> routes = new ConcurrentHashMap<>();
    final Map<String, Exception> failures = new ConcurrentHashMap<>();
    final Map<String, CountDownLatch> busy = new ConcurrentHashMap<>();
    final Map<String, CountDownLatch> starts = new ConcurrentHashMap<>();
    final Map<String, CountDownLatch> stops = new ConcurrentHashMap<>();
    final Deployments deployments;
    private final AtomicInteger generation = new AtomicInteger();

    FakeApplications() {
        this(Duration.ofSeconds(60));
    }

    FakeApplications(Duration drain) {
        deployments = new Deployments(
                this,
                this,
                new LoaderWatch(Duration.ofHours(1), Clock.systemUTC(), () -> {}),
                new DeploymentOptions(drain, Duration.ofSeconds(60), 2, Duration.ofMillis(50)),
                Executors.newSingleThreadScheduledExecutor(task -> {
                    Thread thread = new Thread(task, "slow-work");
                    thread.setDaemon(true);
                    return thread;
                }),
                Clock.systemUTC());
    }

    static DeploymentRequest request(String file) {
        Path path = Path.of("/apps", file);
        return new DeploymentRequest(path, ArchiveName.of(path), VirtualHost.DEFAULT);
    }

    @Override
    public Opened open(DeploymentRequest request) throws Exception {
        fail("open " + request.id());
        String name = request.id() + "-" + generation.incrementAndGet();
        log.add("open " + name);
        return new FakeOpened(request, name);
    }

    private void fail(String step) throws Exception {
        Exception failure = failures.get(step);
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public Route open(DeploymentRequest request, Application application, @Nullable Route replaced) {
        String path = request.path() + request.name().version();
        routes.put(path, application);
        log.add("route " + application.name() + (replaced == null ? "" : " instead"));
        return new Route() {
            @Override
            public void close() {
                routes.remove(path, application);
                log.add("unroute " + application.name());
            }

            @Override
            public boolean drain(Duration limit) throws InterruptedException {
                CountDownLatch requests = busy.get(application.name());
                boolean idle = requests == null || requests.await(limit.toMillis(), TimeUnit.MILLISECONDS);
                log.add("drained " + application.name());
                return idle;
            }

            @Override
            public void end() {
                log.add("end " + application.name());
                CountDownLatch requests = busy.get(application.name());
                if (requests != null) {
                    requests.countDown();
                }
            }

            @Override
            public Supplier<List<String>> left() {
                return List::of;
            }
        };
    }

    private final class FakeOpened implements Opened {
        private final DeploymentRequest request;
        private final String name;

        FakeOpened(DeploymentRequest request, String name) {
            this.request = request;
            this.name = name;
        }

        @Override
        public String kind() {
            return "fake";
        }

        @Override
        public String hash() {
            return "0123456789abcdef";
        }

        @Override
        public ClassLoader classLoader() {
            return new URLClassLoader(new URL[0]);
        }

        @Override
        public Application start() throws Exception {
            fail("start " + request.id());
            CountDownLatch hung = starts.get(name);
            if (hung != null) {
                log.add("hung " + name);
                hung.await();
            }
            log.add("start " + name);
            return new FakeApplication(name, request.name().contextPath());
        }

        @Override
        public void stop() throws InterruptedException {
            log.add("stop " + name);
            CountDownLatch hung = stops.get(name);
            if (hung != null) {
                hung.await();
            }
        }

        @Override
        public void close() {
            log.add("close " + name);
        }
    }

    private record FakeApplication(String name, String contextPath) implements Application {
        @Override
        public void handle(Call call) {
            throw new AssertionError("no request comes here");
        }
    }
}
