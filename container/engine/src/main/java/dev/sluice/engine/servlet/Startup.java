package dev.sluice.engine.servlet;

import dev.sluice.api.ForkedPerRequest;
import dev.sluice.api.Templates;
import dev.sluice.engine.descriptor.InitializerDescriptor;
import dev.sluice.engine.descriptor.ListenerDescriptor;
import dev.sluice.engine.descriptor.ServletDescriptor;
import dev.sluice.engine.registration.FilterUnit;
import dev.sluice.engine.registration.ServletUnit;
import dev.sluice.engine.registration.TypeLoading;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.RunAs;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.ServletSecurity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EventListener;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The start of an application as an ordered list of steps (Servlet 6.1, 10.12), each undone in reverse order by {@link #stop} or when a later
 * one fails:
 *
 * <ol>
 *   <li>what the descriptor declares is registered, and the container's own servlets below it
 *   <li>container initializers, the container's before the application's
 *   <li>declared listeners are made, those added by initializers come behind them; {@code contextInitialized}
 *   <li>the configuration is final: mappings, filter chains, security constraints
 *   <li>sessions
 *   <li>filters, in order of declaration
 *   <li>servlets with a load-on-startup order
 * </ol>
 *
 * By one thread; the caller sets the thread's context class loader.
 */
final class Startup {
    private static final System.Logger LOG = System.getLogger("dev.sluice.servlet");

    private final AppContext app;
    private final ContextFacade restricted;
    private final ContainerServlets containerServlets;
    private final BrokenServlets broken;
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<EventListener> added = new ArrayList<>();
    private final List<EventListener> made = new ArrayList<>();
    private @Nullable Runnable sessions;
    private boolean initializersRun;
    private boolean listenersMade;

    Startup(AppContext app) {
        this.app = app;
        this.restricted = new ContextFacade(app, true);
        this.containerServlets = new ContainerServlets(app);
        this.broken = new BrokenServlets(app);
    }

    /** Carries out the steps. */
    void start() throws ServletException {
        try {
            provideAttributes();
            declare();
            runInitializers();
            applyAnnotations();
            app.refreshMappings();
            runListeners();
            app.registrations().requireComplete();
            applyAnnotations();
            supplyJspServlets();
            app.initialised();
            startSessions();
            startFilters();
            startServlets();
        } catch (ServletException | RuntimeException | Error failed) {
            app.stopped();
            stop();
            throw failed;
        }
    }

    /** Undoes the steps, the sessions first; what fails is logged and the rest goes on. */
    void stop() {
        Runnable stopSessions = sessions;
        if (stopSessions != null && undo.remove(stopSessions)) {
            undo.push(stopSessions); // before code of the application that may not return
        }
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (RuntimeException | Error failed) {
                LOG.log(System.Logger.Level.ERROR, "A component of " + app + " failed when it was stopped", failed);
            }
        }
    }

    private void provideAttributes() {
        undo.push(app.templates()::release);
        undo.push(app.registrations()::release);
        app.attributes().provide(Templates.class.getName(), app.templates());
        // Servlet 6.1, 4.8.1 and 8.2.2
        app.attributes()
                .provide(
                        ServletContext.TEMPDIR,
                        app.environment().temporaryDirectory().toFile());
        if (app.descriptor().orderedLibraries() != null) {
            app.attributes()
                    .provide(ServletContext.ORDERED_LIBS, app.descriptor().orderedLibraries());
        }
        if (app.environment().jsp() != null) {
            app.environment().jsp().start(app.facade());
        }
    }

    private void declare() throws ServletException {
        for (ServletDescriptor servlet : app.descriptor().servlets()) {
            containerServlets.supply(app.registrations().declare(servlet));
        }
        app.descriptor().filters().forEach(app.registrations()::declare);
        for (var mapping : app.descriptor().filterMappings()) {
            app.registrations().declare(mapping);
        }
        ServletUnit fallback = app.registrations()
                .provide(
                        "default",
                        containerServlets.files(app.options().files()),
                        Map.of(),
                        patterns("default", List.of("/")));
        if (fallback.containerProvided()) {
            fallback.setLoadOnStartup(0);
        }
        JspSupport jsp = app.environment().jsp();
        if (jsp != null) {
            app.registrations()
                    .provide("jsp", jsp.createServlet(), jsp.initParameters(null), patterns("jsp", jsp.urlPatterns()));
        }
    }

    /** What the application maps to a servlet of the container, before the patterns that it has anyway. */
    private List<String> patterns(String name, List<String> own) {
        return Stream.concat(
                        app.descriptor().containerServletMappings().getOrDefault(name, List.of()).stream(),
                        own.stream())
                .distinct()
                .toList();
    }

    private void runInitializers() throws ServletException {
        for (ContainerInitializer initializer : app.environment().initializers()) {
            initializer.initializer().onStartup(types(initializer.handledTypes()), app.facade());
        }
        for (InitializerDescriptor declared : app.descriptor().initializers()) {
            Class<? extends ServletContainerInitializer> type = TypeLoading.load(
                    app.classLoader(),
                    declared.className(),
                    ServletContainerInitializer.class,
                    "initializer " + declared.className());
            instantiate(type).onStartup(types(declared.handledTypes()), app.facade());
        }
        initializersRun = true;
    }

    /** The handled classes; null if there are none (Servlet 6.1, 8.2.4). A class that cannot be loaded is left out. */
    private @Nullable Set<Class<?>> types(Set<String> names) {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (String name : names) {
            try {
                types.add(Class.forName(name, false, app.classLoader()));
            } catch (ClassNotFoundException | LinkageError unusable) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "The class {0} of {1} is left out of @HandlesTypes: {2}",
                        name,
                        app,
                        unusable);
            }
        }
        return types.isEmpty() ? null : types;
    }

    /** The annotations of the servlets' classes that count however they were registered (Servlet 6.1, 4.4.5 and 13.4.1). */
    private void applyAnnotations() throws ServletException {
        for (ServletUnit servlet : app.registrations().servlets().values()) {
            if (servlet.jspFile() == null && servlet.getClassName() != null) {
                Class<? extends Servlet> type = broken.load(servlet);
                if (type == null) {
                    continue;
                }
                servlet.forkedPerRequest(forkedPerRequest(servlet, type));
                if (!app.descriptor().metadataComplete()) {
                    applyAnnotations(servlet, type);
                }
            }
        }
    }

    private void applyAnnotations(ServletUnit servlet, Class<? extends Servlet> type) {
        ServletSecurity security = type.getAnnotation(ServletSecurity.class);
        if (security != null && servlet.security() == null) {
            app.constraints().secure(servlet.getMappings(), new ServletSecurityElement(security));
        }
        MultipartConfig multipart = type.getAnnotation(MultipartConfig.class);
        if (multipart != null) {
            servlet.multipartIfAbsent(new MultipartConfigElement(multipart));
        }
        RunAs runAs = type.getAnnotation(RunAs.class);
        if (runAs != null) {
            servlet.runAsIfAbsent(runAs.value());
        }
        DeclareRoles roles = type.getAnnotation(DeclareRoles.class);
        if (roles != null) {
            app.constraints().declareRoles(List.of(roles.value()));
        }
    }

    private static boolean forkedPerRequest(ServletUnit servlet, Class<?> type) throws ServletException {
        return forkedPerRequest(servlet, type.isAnnotationPresent(ForkedPerRequest.class));
    }

    /** What the init parameter says, and otherwise what the class says. */
    private static boolean forkedPerRequest(ServletUnit servlet, boolean annotated) throws ServletException {
        String configured = servlet.getInitParameter(ForkedPerRequest.class.getName());
        if (configured == null) {
            return annotated;
        }
        return switch (configured) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new ServletException("The init parameter " + ForkedPerRequest.class.getName() + " of the "
                        + servlet + " is " + configured + " (expected: true or false)");
        };
    }

    /** True while a {@code ServletContextListener} may be added: by an initializer, not by a listener. */
    boolean contextListenersWelcome() {
        return !initializersRun;
    }

    /** {@code ServletContext.addListener}: behind the declared ones. */
    void addListener(EventListener listener) {
        if (listenersMade) {
            register(listener);
        } else {
            added.add(listener);
        }
    }

    private void register(EventListener listener) {
        app.listeners().add(listener);
        app.sessionListeners().add(listener);
    }

    private void runListeners() throws ServletException {
        List<ServletContextListener> unrestricted = new ArrayList<>();
        undo.push(() -> made.forEach(app.instances()::destroy));
        for (ListenerDescriptor declared : app.descriptor().listeners()) {
            EventListener listener = instantiate(TypeLoading.load(
                    app.classLoader(), declared.className(), EventListener.class, "listener " + declared.className()));
            made.add(listener);
            register(listener);
            if (!declared.fromTagLibrary() && listener instanceof ServletContextListener contextListener) {
                unrestricted.add(contextListener);
            }
        }
        added.forEach(this::register);
        listenersMade = true;
        for (ServletContextListener listener : app.listeners().context()) {
            boolean free = unrestricted.stream().anyMatch(declared -> declared == listener);
            ServletContextEvent event = new ServletContextEvent(free ? app.facade() : restricted);
            undo.push(() -> listener.contextDestroyed(event));
            listener.contextInitialized(event);
        }
    }

    /** Gives every {@code jsp-file} its servlet. */
    private void supplyJspServlets() throws ServletException {
        for (ServletUnit servlet : app.registrations().servlets().values()) {
            String file = servlet.jspFile();
            if (file == null) {
                continue;
            }
            JspSupport jsp = app.environment().jsp();
            if (jsp == null) {
                throw new ServletException("The servlet " + servlet.getName() + " is the JSP " + file
                        + ", and there is no JSP engine (expected: one on the container's class path)");
            }
            if (forkedPerRequest(servlet, false)) {
                throw new ServletException("The init parameter " + ForkedPerRequest.class.getName() + " of the "
                        + servlet + " is true, and a JSP cannot be forked per request: its class is generated and may"
                        + " be replaced at any time (expected: no such parameter; publish what the page changes as a"
                        + " template, and fork it with HandlerContext.of(request))");
            }
            app.registrations().supply(servlet, jsp.createServlet(), jsp.initParameters(file));
        }
    }

    private void startSessions() {
        app.sessions().start(app.environment().scheduler());
        Runnable stop = app.sessions()::stop;
        sessions = stop;
        undo.push(stop);
    }

    private void startFilters() throws ServletException {
        for (FilterUnit filter : app.registrations().filters().values()) {
            undo.push(filter::stop);
            filter.start();
        }
    }

    private void startServlets() throws ServletException {
        for (ServletUnit servlet : app.registrations().servlets().values()) {
            undo.push(servlet.instance()::destroy);
        }
        for (ServletUnit servlet : app.registrations().startOrder()) {
            broken.initialise(servlet);
        }
    }

    private <T> T instantiate(Class<T> type) throws ServletException {
        try {
            return app.instances().create(type);
        } catch (ReflectiveOperationException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new ServletException(
                    "The class " + type.getName() + " of " + app + " cannot be instantiated: " + cause
                            + " (expected: a public class with a public constructor without parameters)",
                    cause);
        }
    }
}
