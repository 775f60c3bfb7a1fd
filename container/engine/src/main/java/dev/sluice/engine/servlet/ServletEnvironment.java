package dev.sluice.engine.servlet;

import dev.sluice.engine.registration.InstanceFactory;
import dev.sluice.engine.resource.WebResources;
import dev.sluice.engine.security.Logins;
import dev.sluice.engine.security.Realm;
import dev.sluice.engine.security.SecurityOptions;
import dev.sluice.engine.session.SessionStore;
import dev.sluice.fork.ForkOptions;
import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What an application gets from the container that it runs in. Immutable; made with {@link #builder}, where the defaults stand.
 *
 * @param name unique among the applications of the container, versions included
 * @param contextPath decoded; empty for the root, otherwise with a leading and without a trailing slash
 * @param version the version among those at the same path, or empty
 * @param virtualServerName what {@code ServletContext.getVirtualServerName} returns
 * @param classLoader the application's own
 * @param resources the application's files; closed by who made them
 * @param temporaryDirectory private to the application; exists (Servlet 6.1, 4.8.1)
 * @param scheduler for work in the background, such as the search for idle sessions
 * @param forks how templates and servlets that are forked per request are published
 * @param contextLookup the context that serves a path on the same virtual host, or null
 */
public record ServletEnvironment(
        String name,
        String contextPath,
        String version,
        String virtualServerName,
        ClassLoader classLoader,
        WebResources resources,
        Path temporaryDirectory,
        ServletOptions options,
        InstantSource clock,
        ScheduledExecutorService scheduler,
        @Nullable SessionStore sessionStore,
        InstanceFactory instances,
        Logins logins,
        SecurityOptions security,
        IntSupplier confidentialPort,
        @Nullable JspSupport jsp,
        List<ContainerInitializer> initializers,
        ForkOptions forks,
        Function<String, @Nullable ServletContext> contextLookup) {

    public ServletEnvironment {
        initializers = List.copyOf(initializers);
        if (!contextPath.isEmpty() && (!contextPath.startsWith("/") || contextPath.endsWith("/"))) {
            throw new IllegalArgumentException("contextPath: \"" + contextPath
                    + "\" (expected: empty, or with a leading and without a trailing slash)");
        }
    }

    /** A builder with what has no default. */
    public static Builder builder(
            String contextPath, ClassLoader classLoader, WebResources resources, ScheduledExecutorService scheduler) {
        return new Builder(contextPath, classLoader, resources, scheduler);
    }

    /** Collects the parts; not for use by several threads. */
    public static final class Builder {
        private final String contextPath;
        private final ClassLoader classLoader;
        private final WebResources resources;
        private final ScheduledExecutorService scheduler;
        private String name;
        private String version = "";
        private String virtualServerName = "localhost";
        private @Nullable Path temporaryDirectory;
        private ServletOptions options = ServletOptions.defaults();
        private InstantSource clock = InstantSource.system();
        private @Nullable SessionStore sessionStore;
        private InstanceFactory instances = InstanceFactory.constructorOnly();
        private @Nullable Logins logins;
        private SecurityOptions security = SecurityOptions.DEFAULT;
        private IntSupplier confidentialPort = () -> 0;
        private @Nullable JspSupport jsp;
        private List<ContainerInitializer> initializers = List.of();
        private ForkOptions forks = ForkOptions.defaults();
        private Function<String, @Nullable ServletContext> contextLookup = path -> null;

        private Builder(
                String contextPath,
                ClassLoader classLoader,
                WebResources resources,
                ScheduledExecutorService scheduler) {
            this.contextPath = contextPath;
            this.classLoader = classLoader;
            this.resources = resources;
            this.scheduler = scheduler;
            this.name = contextPath.isEmpty() ? "/" : contextPath;
        }

        /** The context path by default. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /** Empty by default. */
        public Builder version(String value) {
            version = value;
            return this;
        }

        /** {@code localhost} by default. */
        public Builder virtualServerName(String value) {
            virtualServerName = value;
            return this;
        }

        /** Must be given. */
        public Builder temporaryDirectory(Path value) {
            temporaryDirectory = value;
            return this;
        }

        /** {@link ServletOptions#defaults} by default. */
        public Builder options(ServletOptions value) {
            options = value;
            return this;
        }

        /** The system's by default. */
        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        /** None by default: sessions end with the application. */
        public Builder sessionStore(@Nullable SessionStore value) {
            sessionStore = value;
            return this;
        }

        /** Only constructors by default. */
        public Builder instances(InstanceFactory value) {
            instances = value;
            return this;
        }

        /** Those of a realm that knows nobody by default. */
        public Builder logins(Logins value) {
            logins = value;
            return this;
        }

        /** {@link SecurityOptions#DEFAULT} by default. */
        public Builder security(SecurityOptions value) {
            security = value;
            return this;
        }

        /** The port of the listener with TLS; 0, the default, if there is none. */
        public Builder confidentialPort(IntSupplier value) {
            confidentialPort = value;
            return this;
        }

        /** None by default. */
        public Builder jsp(@Nullable JspSupport value) {
            jsp = value;
            return this;
        }

        /** None by default. */
        public Builder initializers(List<ContainerInitializer> value) {
            initializers = value;
            return this;
        }

        /** {@link ForkOptions#defaults()} by default. */
        public Builder forks(ForkOptions value) {
            forks = value;
            return this;
        }

        /** Finds nothing by default. */
        public Builder contextLookup(Function<String, @Nullable ServletContext> value) {
            contextLookup = value;
            return this;
        }

        /** The environment. */
        public ServletEnvironment build() {
            return new ServletEnvironment(
                    name,
                    contextPath,
                    version,
                    virtualServerName,
                    classLoader,
                    resources,
                    Objects.requireNonNull(temporaryDirectory, "temporaryDirectory"),
                    options,
                    clock,
                    scheduler,
                    sessionStore,
                    instances,
                    logins != null ? logins : Logins.of(Realm.NOBODY, clock),
                    security,
                    confidentialPort,
                    jsp,
                    initializers,
                    forks,
                    contextLookup);
        }
    }
}
