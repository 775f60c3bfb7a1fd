package dev.sluice.engine.handler;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.StatusException;
import dev.sluice.api.WebSocketUpgrade;
import dev.sluice.api.routing.Match;
import dev.sluice.api.routing.PathPattern;
import dev.sluice.api.routing.Router;
import dev.sluice.engine.application.Application;
import dev.sluice.engine.application.Call;
import dev.sluice.engine.application.CallContext;
import dev.sluice.engine.application.LaneHint;
import dev.sluice.engine.application.Target;
import dev.sluice.engine.header.LocationPath;
import dev.sluice.engine.http.FixedResponse;
import dev.sluice.engine.http.HttpExchange;
import dev.sluice.fork.Template;
import dev.sluice.fork.Templates;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A handler application that was started.
 *
 * <pre>
 * handle -> route -> handler (with middleware) -> response -> body written and closed -> finish listeners
 *                                                    +-> upgrade: WebSocket conversation -> finish listeners
 * </pre>
 */
public final class HandlerDeployment implements Application {
    private static final System.Logger LOG = System.getLogger(HandlerDeployment.class.getName());

    private final HandlerDescription description;
    private final HandlerApplication application;
    private final Templates templates;
    private final Router router;
    private final Map<String, FixedResponse> fixed;
    private final @Nullable Jobs jobs;
    private final WebSockets webSockets;

    private HandlerDeployment(
            HandlerDescription description,
            HandlerApplication application,
            Templates templates,
            DeploymentSetup setup) {
        this.description = description;
        this.application = application;
        this.templates = templates;
        this.router = setup.end();
        this.fixed = FixedAnswers.render(router.fixed());
        this.webSockets = new WebSockets(description.loader());
        this.jobs = setup.jobs().isEmpty() ? null : Jobs.start(description.name(), description.loader(), setup.jobs());
    }

    /**
     * Makes the application and starts it, on this thread.
     *
     * @param type a public class with a public constructor without parameters
     * @throws Exception what the constructor or {@link HandlerApplication#start} throws, and an
     *     {@link IllegalArgumentException} if the class cannot be used
     */
    public static HandlerDeployment start(HandlerDescription description, Class<? extends HandlerApplication> type)
            throws Exception {
        return withLoader(description, () -> begin(description, instance(description, type)));
    }

    /**
     * Starts an application, on this thread.
     *
     * @throws Exception what {@link HandlerApplication#start} throws
     */
    public static HandlerDeployment start(HandlerDescription description, HandlerApplication application)
            throws Exception {
        return withLoader(description, () -> begin(description, application));
    }

    private static HandlerDeployment begin(HandlerDescription description, HandlerApplication application)
            throws Exception {
        Templates templates = new Templates(description.name(), description.forks());
        DeploymentSetup setup = new DeploymentSetup(description, templates);
        application.start(setup);
        return new HandlerDeployment(description, application, templates, setup);
    }

    private static HandlerApplication instance(HandlerDescription description, Class<? extends HandlerApplication> type)
            throws Exception {
        try {
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "application class " + type.getName() + " of " + description.name()
                            + " (expected: a public class with a public constructor without parameters)",
                    e);
        }
    }

    private static <T> T withLoader(HandlerDescription description, Callable<T> action) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(description.loader());
        try {
            return action.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Stops jobs, WebSocket connections (with 1001) and the application, in this order. No request may be running.
     *
     * @throws Exception what {@link HandlerApplication#stop} throws
     */
    public void stop() throws Exception {
        if (jobs != null) {
            jobs.close();
        }
        webSockets.close();
        withLoader(description, () -> {
            application.stop();
            return this;
        });
    }

    @Override
    public String name() {
        return description.name();
    }

    @Override
    public String contextPath() {
        return description.contextPath();
    }

    @Override
    public String version() {
        return description.version();
    }

    @Override
    public List<Template<?>> templates() {
        return templates.all();
    }

    /** Open WebSocket connections. */
    public int webSockets() {
        return webSockets.count();
    }

    @Override
    public Map<String, FixedResponse> fixed() {
        return fixed;
    }

    @Override
    public Target target(HttpExchange exchange) {
        String path = path(exchange);
        return new Destination(path, router.find(exchange.method(), path));
    }

    /** The path inside the application and the route that it was matched with. */
    private record Destination(String path, Match match) implements Target {
        @Override
        public String route() {
            PathPattern pattern = match.pattern();
            return pattern == null ? "" : pattern.toString();
        }

        @Override
        public LaneHint lane() {
            return match.handler().blocking() ? LaneHint.AUTO : LaneHint.INLINE;
        }
    }

    @Override
    public void handle(Call call) throws Exception {
        HttpExchange exchange = call.exchange();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(description.loader());
        try {
            Destination destination = (Destination) call.target();
            if (destination.path().isEmpty()) {
                new ResponseSender(call).send(toRoot(exchange));
            } else {
                serve(call, destination);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void serve(Call call, Destination destination) throws Exception {
        HttpExchange exchange = call.exchange();
        Match match = destination.match();
        CallContext context = call.handlerContext();
        CallRequest request = new CallRequest(exchange, contextPath(), destination.path(), match.parameters());
        ResponseSender sender = new ResponseSender(call);
        Response response;
        try {
            response = respond(match, request, context);
        } catch (Exception | Error e) {
            request.over();
            context.finish(0, e);
            throw e;
        }
        WebSocketUpgrade upgrade = response.upgrade().orElse(null);
        if (upgrade != null) {
            Response instead = webSockets.upgrade(call, context, response, upgrade);
            sender.close(response);
            if (instead == null) {
                return;
            }
            response = instead;
        }
        if (exchange.loop().onOwnThread() && !ResponseSender.neverWaits(response)) {
            Response late = response;
            call.detach();
            call.blockingExecutor().execute(() -> sendDetached(call, sender, late, request, context));
            return;
        }
        send(sender, response, request, context);
    }

    private static Response respond(Match match, CallRequest request, CallContext context) throws Exception {
        try {
            Response response = match.handler().handle(request, context);
            if (response == null) {
                throw new IllegalStateException("the handler of " + request + " returned null (expected: a response)");
            }
            return response;
        } catch (StatusException e) {
            if (e.status() >= 500) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        request + " was answered with " + e.status() + " [" + context.requestId() + "]",
                        e);
            }
            return e.response();
        }
    }

    private void sendDetached(
            Call call, ResponseSender sender, Response response, CallRequest request, CallContext context) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(description.loader());
        try {
            send(sender, response, request, context);
        } catch (Exception | Error e) {
            call.fail(e);
        } finally {
            thread.setContextClassLoader(before);
            call.finished();
        }
    }

    private static void send(ResponseSender sender, Response response, CallRequest request, CallContext context)
            throws Exception {
        Throwable failure = null;
        try {
            sender.send(response);
        } catch (Exception | Error e) {
            failure = e;
            throw e;
        } finally {
            request.over();
            context.finish(sender.sentStatus(), failure);
        }
    }

    /** {@code /shop} is not {@code /shop/}: relative links need the slash. */
    private Response toRoot(HttpExchange exchange) {
        String query = exchange.queryString();
        return Response.status(307)
                .withHeader(
                        "Location",
                        LocationPath.of(exchange.prefix() + LocationPath.of(exchange.rawPath())) + "/"
                                + (query == null ? "" : "?" + query));
    }

    private String path(HttpExchange exchange) {
        String path = exchange.path().decoded();
        return contextPath().isEmpty() ? path : path.substring(contextPath().length());
    }
}
