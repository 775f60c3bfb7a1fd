package dev.sluice.engine.servlet;

import dev.sluice.engine.application.Application;
import dev.sluice.engine.application.Call;
import dev.sluice.engine.application.Target;
import dev.sluice.engine.descriptor.WebApplication;
import dev.sluice.engine.header.LocationPath;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.engine.http.RequestPath;
import dev.sluice.engine.mapping.MappingTable;
import dev.sluice.engine.mapping.Match;
import dev.sluice.engine.registration.ServletUnit;
import dev.sluice.engine.security.Constraints;
import dev.sluice.engine.session.Sessions;
import dev.sluice.fork.Template;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A web application in this engine: created from its description, started once, stopped once. {@link #handle} may be called by any number of
 * threads between the two.
 */
public final class ServletApplication implements Application {
    private static final Destination TO_ROOT = new Destination("", null, "");
    private static final Duration UPGRADES_CLOSE = Duration.ofSeconds(5);

    private final AppContext context;
    private final RouteNames routes = new RouteNames();

    private ServletApplication(AppContext context) {
        this.context = context;
    }

    /** An application that has not been started: none of its code has run. */
    public static ServletApplication create(WebApplication descriptor, ServletEnvironment environment) {
        return new ServletApplication(new AppContext(descriptor, environment));
    }

    /**
     * Starts it: initializers, listeners, filters, servlets with a load-on-startup order (Servlet 6.1, 10.12). If that fails, what was
     * started is stopped again.
     *
     * @throws ServletException with the component and the reason
     */
    public void start() throws ServletException {
        context.inside(() -> context.startup().start());
    }

    /**
     * Stops it, in reverse order; no request may be on its way in it. Connections that left HTTP are closed first, and sessions are handed to
     * their store before code of the application could keep them from it. What fails is logged.
     */
    public void stop() {
        context.upgrades().close(UPGRADES_CLOSE);
        context.stopped();
        context.inside(() -> context.startup().stop());
    }

    /** What is out of service since the start, each with its reason; empty if the application is whole. */
    public List<String> degradations() {
        return List.copyOf(context.degradations());
    }

    /** The security constraints that are in force since the start. */
    public Constraints constraints() {
        return context.security().constraints();
    }

    /** The context, for other applications of the virtual host. */
    public ServletContext servletContext() {
        return context.facade();
    }

    /** The sessions, for administrators. */
    public Sessions sessions() {
        return context.sessions();
    }

    /** What the application has published, and its servlets that are forked per request; empty after its stop. */
    @Override
    public List<Template<?>> templates() {
        return context.templates().registry().all();
    }

    @Override
    public String name() {
        return context.environment().name();
    }

    @Override
    public String contextPath() {
        return context.environment().contextPath();
    }

    @Override
    public String version() {
        return context.environment().version();
    }

    @Override
    public boolean ownsSession(String id) {
        return context.sessions().owns(id);
    }

    @Override
    public String sessionCookie() {
        return context.tracking().cookies().effectiveName();
    }

    @Override
    public Target target(HttpExchange exchange) {
        MappingTable<ServletUnit> table = context.table();
        String path = exchange.path().decoded().substring(contextPath().length());
        if (path.isEmpty()) {
            if (!table.mapsContextRoot()) {
                return TO_ROOT;
            }
            path = "/";
        }
        Match<ServletUnit> match = table.find(path);
        return new Destination(path, match, match == null ? "" : routes.of(match));
    }

    /**
     * What a path is mapped to, before a welcome file takes its place.
     *
     * @param path the path inside the application
     */
    private record Destination(String path, @Nullable Match<ServletUnit> match, String route) implements Target {}

    @Override
    public void handle(Call call) {
        HttpExchange exchange = call.exchange();
        Destination destination = (Destination) call.target();
        if (destination.path().isEmpty()) {
            redirectToRoot(exchange);
            return;
        }
        Match<ServletUnit> match = context.welcome(destination.path(), destination.match());
        Frame frame = new Frame(
                context,
                DispatcherType.REQUEST,
                match.target(),
                match,
                exchange.prefix() + exchange.rawPath(),
                exchange.prefix() + contextPath(exchange.rawPath()),
                exchange.queryString(),
                null,
                null);
        new ServletCall(call, context, frame, destination.path()).run();
    }

    /**
     * The part of a request URI that is the context path, as the client has spelt it ({@code /%73hop} for {@code /shop}); the usual spelling where
     * the client has put more into it, such as path parameters or further slashes.
     */
    private String contextPath(String uri) {
        String usual = context.contextPath();
        if (uri.startsWith(usual) && (uri.length() == usual.length() || uri.charAt(usual.length()) == '/')) {
            return usual;
        }
        int end = 0;
        for (int segments = (int) usual.chars().filter(c -> c == '/').count(); segments > 0 && end >= 0; segments--) {
            end = uri.indexOf('/', end + 1);
        }
        String spelt = end < 0 ? uri : uri.substring(0, end);
        boolean same = spelt.indexOf(';') < 0
                && !spelt.contains("//")
                && RequestPath.parse(spelt).decoded().equals(contextPath());
        return same ? spelt : usual;
    }

    /** {@code /shop} becomes {@code /shop/}, or relative links of the first page would lead out of the application. */
    private static void redirectToRoot(HttpExchange exchange) {
        String query = exchange.queryString();
        exchange.status(302);
        exchange.responseHeaders()
                .set(
                        "Location",
                        Origin.location(
                                exchange,
                                exchange.prefix()
                                        + LocationPath.of(exchange.rawPath()) + "/"
                                        + (query == null ? "" : "?" + query)));
        exchange.responseHeaders().set("Content-Length", "0");
        exchange.end();
    }

    @Override
    public String toString() {
        return context.toString();
    }
}
