package dev.sluice.deploy.server;

import dev.sluice.deploy.configuration.Configuration;
import dev.sluice.deploy.configuration.Keys;
import dev.sluice.deploy.configuration.LoginKeys;
import dev.sluice.deploy.deployment.DeploymentRequest;
import dev.sluice.engine.multipart.MultipartLimits;
import dev.sluice.engine.parameter.ParameterLimits;
import dev.sluice.engine.registration.InstanceFactory;
import dev.sluice.engine.routing.VirtualHost;
import dev.sluice.engine.security.Logins;
import dev.sluice.engine.security.SecurityOptions;
import dev.sluice.engine.security.WaitingLogins;
import dev.sluice.engine.servlet.ServletApplication;
import dev.sluice.engine.servlet.ServletEnvironment;
import dev.sluice.engine.servlet.ServletOptions;
import dev.sluice.engine.session.FileSessionStore;
import dev.sluice.engine.session.SessionOptions;
import dev.sluice.engine.session.SessionStore;
import dev.sluice.war.LoadedWebApplication;
import dev.sluice.war.jsp.JspOptions;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What web applications get from the server, and how they find each other. Any thread. */
final class ServletContexts {
    private final ApplicationSettings settings;
    private final Installation installation;
    private final ScheduledExecutorService scheduler;
    private final Logins logins;
    private final ClassLoader drivers;
    private final IntSupplier securePort;
    private final Map<Mounted, ServletApplication> running = new ConcurrentHashMap<>();

    /** Where an application is mounted; of several versions the one that started last. */
    private record Mounted(VirtualHost host, String contextPath) {}

    /**
     * Nothing runs yet.
     *
     * @param securePort the port with TLS, 0 if there is none; asked while requests are served
     * @throws IOException if the users' file cannot be read, or the directory of sessions not be written
     * @throws IllegalArgumentException if the configuration of users or sessions is wrong
     */
    ServletContexts(
            ApplicationSettings settings,
            Installation installation,
            ScheduledExecutorService scheduler,
            IntSupplier securePort)
            throws IOException {
        this.securePort = securePort;
        this.settings = settings;
        this.installation = installation;
        this.drivers = DriverLoader.of(installation.resolve("lib/ext"));
        this.logins = new ConfiguredLogins(settings.configuration(), installation).open();
        this.scheduler = scheduler;
        checkSessions();
    }

    /** What would only be found out when sessions are stored, at the stop of the first application. */
    private void checkSessions() throws IOException {
        String directory = settings.configuration().value(Keys.SESSIONS_DIRECTORY);
        SessionOptions.DEFAULT.withSerialFilter(serialFilter());
        if (!directory.isEmpty()) {
            FileSessionStore.checkWritable(installation.resolve(directory));
        }
    }

    /** Has the drivers of data sources that applications do not bring. */
    ClassLoader drivers() {
        return drivers;
    }

    ApplicationSettings settings() {
        return settings;
    }

    ServletEnvironment environment(
            DeploymentRequest request, LoadedWebApplication loaded, InstanceFactory instances, Path temporary)
            throws IOException {
        ServletEnvironment.Builder environment = ServletEnvironment.builder(
                        request.name().contextPath(), loaded.classLoader(), loaded.resources(), scheduler)
                .name(request.id())
                .version(request.name().version())
                .virtualServerName(request.host().name())
                .temporaryDirectory(temporary)
                .instances(instances)
                .options(options(request))
                .security(security())
                .logins(logins)
                .confidentialPort(securePort)
                .sessionStore(sessions(request, loaded))
                .forks(settings.forks(request))
                .contextLookup(path -> find(request.host(), path));
        if (loaded.hasPages()) {
            JspOptions pages = settings.development(request) ? JspOptions.DEVELOPMENT : JspOptions.PRODUCTION;
            environment.jsp(loaded.jsp(pages, instances));
        }
        return environment.build();
    }

    private ServletOptions options(DeploymentRequest request) {
        Configuration configuration = settings.configuration();
        return ServletOptions.builder()
                .crossContext(settings.crossContext(request))
                .development(settings.development(request))
                .strict(settings.strict(request))
                .encodings(settings.requestEncoding(request), settings.responseEncoding(request))
                .parameters(new ParameterLimits(
                        configuration.value(Keys.LIMITS_PARAMETERS), configuration.value(Keys.LIMITS_FORM)))
                .multipart(new MultipartLimits(
                        configuration.value(Keys.LIMITS_PARTS),
                        (int) Math.max(64, Math.min(Integer.MAX_VALUE, configuration.value(Keys.LIMITS_PART_HEAD))),
                        configuration.value(Keys.LIMITS_FORM)))
                .maxCookies(configuration.value(Keys.LIMITS_COOKIES))
                .sessions(SessionOptions.DEFAULT
                        .withTimeout(configuration.value(Keys.SESSIONS_TIMEOUT))
                        .withMaxSessions(configuration.value(Keys.SESSIONS_MAX))
                        .withSerialFilter(serialFilter()))
                .build();
    }

    private @Nullable String serialFilter() {
        String filter = settings.configuration().value(Keys.SESSIONS_SERIAL_FILTER);
        return filter.isEmpty() ? null : filter;
    }

    private SecurityOptions security() {
        Configuration configuration = settings.configuration();
        return new SecurityOptions(
                Math.toIntExact(Math.min(Integer.MAX_VALUE - 1, configuration.value(LoginKeys.LOGIN_SAVED_BODY))),
                configuration.value(LoginKeys.LOGIN_WAITING_TIME),
                configuration.value(LoginKeys.LOGIN_DIGEST_MD5),
                SecurityOptions.DEFAULT.nonceTime());
    }

    private @Nullable SessionStore sessions(DeploymentRequest request, LoadedWebApplication loaded) throws IOException {
        String directory = settings.configuration().value(Keys.SESSIONS_DIRECTORY);
        if (directory.isEmpty()) {
            return null;
        }
        Path file = SessionFiles.of(installation.resolve(directory), request.id());
        return new FileSessionStore(file, List.of(loaded.root()));
    }

    /** The users that may log in. */
    Logins logins() {
        return logins;
    }

    /** Logins that failed without being tried. */
    long lockedOutLogins() {
        return logins.lockedOut();
    }

    /** Figures of the requests that wait for a login. */
    WaitingLogins.Statistics waitingLogins() {
        return logins.waiting().statistics();
    }

    void add(DeploymentRequest request, ServletApplication application) {
        running.put(mounted(request), application);
    }

    void remove(DeploymentRequest request, ServletApplication application) {
        running.remove(mounted(request), application);
    }

    private static Mounted mounted(DeploymentRequest request) {
        return new Mounted(request.host(), request.name().contextPath());
    }

    /** The context with the longest path that this path begins with. */
    private @Nullable ServletContext find(VirtualHost host, String path) {
        for (String prefix = path.equals("/") ? "" : path; ; prefix = prefix.substring(0, prefix.lastIndexOf('/'))) {
            ServletApplication application = running.get(new Mounted(host, prefix));
            if (application != null) {
                return application.servletContext();
            }
            if (prefix.lastIndexOf('/') < 0) {
                return null;
            }
        }
    }
}
