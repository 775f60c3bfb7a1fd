package dev.sluice.deploy.scratch;

import dev.sluice.deploy.server.Loopback;
import dev.sluice.engine.naming.ComponentFactory;
import dev.sluice.engine.naming.DataSources;
import dev.sluice.engine.naming.NamingEnvironment;
import dev.sluice.engine.registration.InstanceFactory;
import dev.sluice.engine.servlet.ServletApplication;
import dev.sluice.engine.servlet.ServletEnvironment;
import dev.sluice.fork.ForkOptions;
import dev.sluice.fork.Template;
import dev.sluice.war.LoadedWebApplication;
import dev.sluice.war.check.Purity;
import dev.sluice.war.jsp.JspOptions;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A web application with its listeners, filters and servlets, called on a port that only this machine reaches. */
final class StartedServlets implements Started {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Set<String> SERVLET = Set.of("service", "doGet", "getLastModified");
    private static final Set<String> AROUND = Set.of("doFilter", "requestInitialized", "requestDestroyed");

    private final ServletApplication application;
    private final ScheduledExecutorService scheduler;
    private final NamingEnvironment names;
    private final Loopback loopback;
    private final Purity purity;
    private final List<Object> instances = Collections.synchronizedList(new ArrayList<>());
    private final List<Route> routes = new ArrayList<>();
    private final Map<String, String> patterns = new LinkedHashMap<>();

    /** Starts it; whoever calls ends the JVM if this fails. */
    StartedServlets(LoadedWebApplication loaded, Path work, ForkOptions options, Routes pure, Purity purity)
            throws Exception {
        this.purity = purity;
        this.scheduler = Executors.newScheduledThreadPool(1);
        this.names = new NamingEnvironment(
                loaded.description().namingEntries(),
                loaded.classLoader(),
                new DataSources(List.of(), loaded.classLoader()));
        names.activate();
        InstanceFactory recording = new Recording(new ComponentFactory(loaded.description(), names));
        ServletEnvironment.Builder environment = ServletEnvironment.builder(
                        "", loaded.classLoader(), loaded.resources(), scheduler)
                .name(loaded.name())
                .temporaryDirectory(Files.createTempDirectory(work, "temporary-"))
                .instances(recording)
                .forks(options);
        if (loaded.hasPages()) {
            environment.jsp(loaded.jsp(JspOptions.PRODUCTION, recording));
        }
        this.application = ServletApplication.create(loaded.description(), environment.build());
        application.start();
        this.loopback = Loopback.open(application);
        find(pure);
    }

    /** The routes: each mapping of a servlet. */
    private void find(Routes pure) {
        ServletContext context = application.servletContext();
        Optional<String> around = Stream.concat(
                        context.getFilterRegistrations().values().stream()
                                .map(filter -> String.valueOf(filter.getClassName())),
                        instances.stream().map(instance -> instance.getClass().getName()))
                .distinct()
                .flatMap(name -> around(name).stream())
                .findFirst();
        for (ServletRegistration servlet : new TreeMap<>(context.getServletRegistrations()).values()) {
            String type = String.valueOf(servlet.getClassName());
            if (type.startsWith("dev.sluice.engine.")) {
                continue;
            }
            for (String pattern : servlet.getMappings()) {
                Route route = pure.route("GET", pattern, () -> around.or(() -> outside(type)));
                routes.add(route);
                patterns.put(route.name(), pattern);
            }
        }
    }

    private Optional<String> around(String type) {
        return purity.knows(type)
                ? purity.outside(type, AROUND)
                : type.startsWith("dev.sluice.")
                        ? Optional.empty()
                        : Optional.of(type + ", which is around it, was not read");
    }

    private Optional<String> outside(String type) {
        return purity.knows(type) ? purity.outside(type, SERVLET) : Optional.of(type + " was not read");
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public boolean call(Route route, String value) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + loopback.address().getPort()
                + target(String.valueOf(patterns.get(route.name())), value) + query(value));
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        int status = connection.getResponseCode();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            if (body != null) {
                body.transferTo(OutputStream.nullOutputStream());
            }
        } finally {
            connection.disconnect();
        }
        awaitEnd();
        return status < 500;
    }

    /** The answer may be there before the servlet has returned. */
    private void awaitEnd() throws TimeoutException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!loopback.idle()) {
            if (System.nanoTime() > until) {
                throw new TimeoutException("a request did not end within " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** A path that a pattern matches (Servlet 6.1, 12.2). */
    static String target(String pattern, String value) {
        if (pattern.endsWith("/*")) {
            return pattern.substring(0, pattern.length() - 1) + value;
        }
        if (pattern.startsWith("*.")) {
            return "/" + value + pattern.substring(1);
        }
        return pattern.isEmpty() ? "/" : pattern.equals("/") ? "/" + value : pattern;
    }

    private String query(String value) {
        return purity.parameters().isEmpty()
                ? ""
                : purity.parameters().stream()
                        .sorted()
                        .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + value)
                        .collect(Collectors.joining("&", "?", ""));
    }

    @Override
    public List<Template<?>> templates() {
        return application.templates();
    }

    @Override
    public void look(Snapshot snapshot) {
        for (Object instance : List.copyOf(instances)) {
            snapshot.object(instance.getClass().getName(), instance);
        }
        ServletContext context = application.servletContext();
        Collections.list(context.getAttributeNames()).stream()
                .filter(name -> !name.startsWith("jakarta.servlet.") && !name.startsWith("dev.sluice."))
                .sorted()
                .forEach(name -> snapshot.object("attribute " + name, context.getAttribute(name)));
    }

    @Override
    public void close() throws IOException {
        loopback.close();
        application.stop();
        names.close();
        scheduler.shutdownNow();
    }

    /** Remembers what it makes. */
    private final class Recording implements InstanceFactory {
        private final InstanceFactory factory;

        Recording(InstanceFactory factory) {
            this.factory = factory;
        }

        @Override
        public <T> T create(Class<T> type) throws ReflectiveOperationException {
            T made = factory.create(type);
            instances.add(made);
            return made;
        }

        @Override
        public void adopt(Object instance) throws ReflectiveOperationException {
            factory.adopt(instance);
            instances.add(instance);
        }

        @Override
        public void destroy(Object instance) {
            factory.destroy(instance);
        }
    }
}
