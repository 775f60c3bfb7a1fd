package dev.sluice.engine.servlet;

import dev.sluice.engine.descriptor.WebApplication;
import dev.sluice.engine.error.ErrorPages;
import dev.sluice.engine.header.LocaleEncodings;
import dev.sluice.engine.http.RequestPath;
import dev.sluice.engine.listener.Listeners;
import dev.sluice.engine.mapping.MappingTable;
import dev.sluice.engine.mapping.Match;
import dev.sluice.engine.mapping.OddPatterns;
import dev.sluice.engine.parameter.ParameterParser;
import dev.sluice.engine.registration.FilterChains;
import dev.sluice.engine.registration.InstanceFactory;
import dev.sluice.engine.registration.RegistrationScope;
import dev.sluice.engine.registration.Registrations;
import dev.sluice.engine.registration.ServletUnit;
import dev.sluice.engine.security.Security;
import dev.sluice.engine.session.SessionCookies;
import dev.sluice.engine.session.SessionListeners;
import dev.sluice.engine.session.SessionOptions;
import dev.sluice.engine.session.SessionTracking;
import dev.sluice.engine.session.Sessions;
import dev.sluice.fork.Templates;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletSecurityElement;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Everything that belongs to one application in this engine; what {@link ContextFacade} shows of it is the {@code ServletContext}.
 * Configured by the thread that starts it, then read by any.
 */
final class AppContext implements RegistrationScope {
    private final WebApplication descriptor;
    private final ServletEnvironment environment;
    private final String contextPath;
    private final ContextFacade facade;
    private final Listeners listeners = new Listeners();
    private final SessionListeners sessionListeners = new SessionListeners();
    private final Registrations registrations;
    private final ContextAttributes attributes;
    private final ContextTemplates templates;
    private final ContextResources resources;
    private final ErrorPages errorPages;
    private final LocaleEncodings localeEncodings;
    private final ParameterParser parameterParser;
    private final SessionTracking tracking;
    private final Sessions sessions;
    private final DynamicSecurity constraints;
    private final WelcomeFiles welcome;
    private final Startup startup;
    private final Upgrades upgrades = new Upgrades();
    private final Map<String, String> initParameters = new ConcurrentHashMap<>();

    private final List<String> degradations = new CopyOnWriteArrayList<>();
    private volatile Phase phase = Phase.STARTING;
    private volatile @Nullable String requestEncoding;
    private volatile @Nullable String responseEncoding;
    private volatile MappingTable<ServletUnit> table =
            MappingTable.<ServletUnit>builder().build();
    private volatile FilterChains chains;
    private volatile Security security;

    private enum Phase {
        STARTING,
        STARTED,
        STOPPED
    }

    AppContext(WebApplication descriptor, ServletEnvironment environment) {
        this.descriptor = descriptor;
        this.environment = environment;
        contextPath = RequestPath.encode(environment.contextPath());
        facade = new ContextFacade(this, false);
        registrations = new Registrations(this);
        chains = registrations.chains();
        attributes = new ContextAttributes(listeners, facade);
        templates = new ContextTemplates(this, environment.forks());
        resources = new ContextResources(environment.resources(), descriptor.mimeMappings());
        errorPages = new ErrorPages(descriptor.errorPages());
        localeEncodings = new LocaleEncodings(descriptor.localeEncodings());
        parameterParser = new ParameterParser(environment.options().parameters());
        constraints = new DynamicSecurity(descriptor);
        welcome = new WelcomeFiles(descriptor.welcomeFiles(), environment.resources());
        security = makeSecurity();
        startup = new Startup(this);
        requestEncoding = declared(
                descriptor.requestCharacterEncoding(), environment.options().requestEncoding());
        responseEncoding = declared(
                descriptor.responseCharacterEncoding(), environment.options().responseEncoding());
        initParameters.putAll(descriptor.contextParameters());
        SessionOptions options = environment.options().sessions();
        Integer minutes = descriptor.session().timeoutMinutes();
        SessionOptions effective = minutes == null ? options : options.withTimeout(Duration.ofMinutes(minutes));
        SessionCookies cookies = new SessionCookies(descriptor.session(), effective, contextPath);
        tracking = new SessionTracking(cookies, descriptor.session().trackingModes(), contextPath);
        sessions = new Sessions(
                effective,
                facade,
                environment.classLoader(),
                sessionListeners,
                environment.sessionStore(),
                environment.clock());
    }

    private static @Nullable String declared(@Nullable String name, @Nullable Charset otherwise) {
        return name != null || otherwise == null ? name : otherwise.name();
    }

    /** What runs without some of its parts: the servlets that are out of service since the start, and why. */
    List<String> degradations() {
        return degradations;
    }

    WebApplication descriptor() {
        return descriptor;
    }

    ServletEnvironment environment() {
        return environment;
    }

    ServletOptions options() {
        return environment.options();
    }

    /** As it stands in URLs: encoded. */
    String contextPath() {
        return contextPath;
    }

    Listeners listeners() {
        return listeners;
    }

    SessionListeners sessionListeners() {
        return sessionListeners;
    }

    Registrations registrations() {
        return registrations;
    }

    ContextAttributes attributes() {
        return attributes;
    }

    ContextTemplates templates() {
        return templates;
    }

    ContextResources resources() {
        return resources;
    }

    ErrorPages errorPages() {
        return errorPages;
    }

    LocaleEncodings localeEncodings() {
        return localeEncodings;
    }

    ParameterParser parameterParser() {
        return parameterParser;
    }

    SessionTracking tracking() {
        return tracking;
    }

    Sessions sessions() {
        return sessions;
    }

    Startup startup() {
        return startup;
    }

    Upgrades upgrades() {
        return upgrades;
    }

    DynamicSecurity constraints() {
        return constraints;
    }

    Security security() {
        return security;
    }

    private Security makeSecurity() {
        return new Security(
                constraints.constraints(),
                descriptor.denyUncoveredHttpMethods(),
                descriptor.login(),
                constraints.roles(),
                environment.logins(),
                environment.security(),
                environment.confidentialPort(),
                environment.clock());
    }

    FilterChains chains() {
        return chains;
    }

    MappingTable<ServletUnit> table() {
        return table;
    }

    Map<String, String> initParameters() {
        return initParameters;
    }

    @Nullable
    String requestEncoding() {
        return requestEncoding;
    }

    void requestEncoding(@Nullable String value) {
        requestEncoding = value;
    }

    @Nullable
    String responseEncoding() {
        return responseEncoding;
    }

    void responseEncoding(@Nullable String value) {
        responseEncoding = value;
    }

    ContextFacade facade() {
        return facade;
    }

    boolean started() {
        return phase == Phase.STARTED;
    }

    /** No more configuration: the mappings become final. */
    void initialised() {
        phase = Phase.STARTED;
        tracking.freeze();
        security = makeSecurity();
        security.warnOfUncovered(toString());
        OddPatterns.warn(toString(), registrations.patterns());
        OddPatterns.warn(toString(), security.constraints().patterns());
        table = registrations.table();
        chains = registrations.chains();
    }

    /** Mappings as they are at this moment of the start, for listeners that ask for a dispatcher. */
    void refreshMappings() {
        table = registrations.table();
        chains = registrations.chains();
    }

    void stopped() {
        phase = Phase.STOPPED;
    }

    /** The servlet that serves a path, welcome files included; the default servlet serves what nothing else does. */
    Match<ServletUnit> match(String path) {
        return welcome(path, table.find(path));
    }

    /** The same for a path that was mapped already. */
    Match<ServletUnit> welcome(String path, @Nullable Match<ServletUnit> found) {
        return welcome.match(table, path, found);
    }

    @Override
    public ServletContext context() {
        return facade;
    }

    @Override
    public InstanceFactory instances() {
        return environment.instances();
    }

    @Override
    public Templates forkTemplates() {
        return templates.registry();
    }

    @Override
    public ClassLoader classLoader() {
        return environment.classLoader();
    }

    @Override
    public void checkConfigurable(String method) {
        if (phase != Phase.STARTING) {
            throw new IllegalStateException(method + "() of the application " + environment.name()
                    + " after its start (expected: from an initializer or a context listener, while it starts)");
        }
    }

    @Override
    public Set<String> secure(String servletName, Collection<String> urlPatterns, ServletSecurityElement element) {
        return constraints.secure(urlPatterns, element);
    }

    /** Runs code of the application with its class loader as the thread's context class loader. */
    <T extends Throwable> void inside(AppCode<T> code) throws T {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(environment.classLoader());
        try {
            code.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Code of the application. */
    interface AppCode<T extends Throwable> {
        void run() throws T;
    }

    @Override
    public String toString() {
        return "application " + environment.name();
    }
}
