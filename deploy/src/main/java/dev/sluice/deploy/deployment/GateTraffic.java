package dev.sluice.deploy.deployment;

import dev.sluice.engine.application.Application;
import dev.sluice.engine.gate.Gate;
import dev.sluice.engine.gate.Mount;
import dev.sluice.engine.gate.MountOptions;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Leads requests through the engine's gate. */
public final class GateTraffic implements Traffic {
    private final Gate gate;
    private final Function<DeploymentRequest, MountOptions> options;
    private final Function<DeploymentRequest, FixedContent> fixed;

    /**
     * Routes of this gate.
     *
     * @param options what each application is allowed
     * @param fixed the fixed responses that configuration gives each application
     */
    public GateTraffic(
            Gate gate,
            Function<DeploymentRequest, MountOptions> options,
            Function<DeploymentRequest, FixedContent> fixed) {
        this.gate = gate;
        this.options = options;
        this.fixed = fixed;
    }

    @Override
    public Route open(DeploymentRequest request, Application application, @Nullable Route replaced) {
        FixedContent content = fixed.apply(request);
        Mount mount = gate.mount(request.host(), application, options.apply(request), content.responses());
        Mount old = replaced instanceof GateRoute route ? route.mount : null;
        gate.serve(mounts -> {
            List<Mount> next = new ArrayList<>(mounts);
            next.remove(old);
            next.add(mount);
            return next;
        });
        return new GateRoute(mount, content);
    }

    /** Static, so that whoever keeps the result keeps no application. */
    private static List<String> left(Gate gate, @Nullable Mount mount) {
        return mount == null
                ? List.of()
                : gate.activeRequests(mount).stream()
                        .map(request ->
                                "request " + request.id() + " (" + request.method() + " " + request.path() + ", "
                                        + request.state().name().toLowerCase(Locale.ROOT) + " for "
                                        + request.age().toSeconds() + " s)")
                        .toList();
    }

    private final class GateRoute implements Route {
        private final Mount mount;
        private final FixedContent content;

        GateRoute(Mount mount, FixedContent content) {
            this.mount = mount;
            this.content = content;
        }

        @Override
        public void close() {
            gate.serve(mounts -> mounts.stream().filter(other -> other != mount).toList());
            content.close();
        }

        @Override
        public void end() {
            gate.abort(mount);
        }

        @Override
        public Supplier<List<String>> left() {
            Gate asked = gate;
            WeakReference<Mount> of = new WeakReference<>(mount);
            return () -> GateTraffic.left(asked, of.get());
        }

        @Override
        public boolean drain(Duration limit) throws InterruptedException {
            try {
                mount.whenIdle().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException("waiting for the last requests of " + mount + " failed", e);
            }
        }
    }
}
