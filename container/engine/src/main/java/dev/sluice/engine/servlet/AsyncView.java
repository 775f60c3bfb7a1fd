package dev.sluice.engine.servlet;

import dev.sluice.engine.async.AsyncAction;
import dev.sluice.engine.async.AsyncMachine;
import dev.sluice.engine.async.AsyncSignal;
import dev.sluice.engine.async.AsyncState;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous context of a request, the same one for all its cycles (Servlet 6.1, 2.3.3.3). The {@link AsyncMachine} decides what is
 * allowed; this class keeps what a cycle was started with. Any thread.
 */
public final class AsyncView implements AsyncContext {
    private static final System.Logger LOG = System.getLogger("dev.sluice.servlet");

    private final ServletCall call;
    private final AsyncMachine machine = new AsyncMachine();
    private final List<Registered> listeners = new CopyOnWriteArrayList<>();
    private volatile ServletRequest request;
    private volatile ServletResponse response;
    private volatile boolean explicit;
    private volatile boolean returned;
    private volatile long timeout;
    private volatile int cycle;
    private volatile AppContext scope;
    private volatile @Nullable Dispatcher target;
    private volatile @Nullable Throwable failure;

    /** A listener, with the objects that it was registered with, if any. */
    private record Registered(
            AsyncListener listener,
            @Nullable ServletRequest request,
            @Nullable ServletResponse response) {}

    /** Calls one method of a listener. */
    private interface Notification {
        void tell(AsyncListener listener, AsyncEvent event) throws IOException;
    }

    AsyncView(ServletCall call) {
        this.call = call;
        this.request = call.request();
        this.response = call.response();
        this.scope = call.context();
    }

    // ---- for the engine

    AsyncState state() {
        return machine.state();
    }

    /** {@code isAsyncStarted}: until the return to the container if dispatch or complete came before it (2.3.3.3). */
    boolean started() {
        AsyncState state = machine.state();
        boolean over = state == AsyncState.DISPATCH_DUE || state == AsyncState.COMPLETE_DUE;
        return state.started() && !(over && returned);
    }

    AsyncContext start(ServletRequest given, ServletResponse givenResponse, boolean withArguments) {
        if (!call.request().isAsyncSupported()) {
            throw new IllegalStateException("startAsync() within a filter or servlet without asynchronous support: the "
                    + call.request().frame().servlet()
                    + " or a filter in front of it (expected: async-supported true for all of them)");
        }
        if (call.response().output().closed()) {
            throw new IllegalStateException("startAsync() after the response was closed (expected: before)");
        }
        machine.signal(AsyncSignal.START);
        List<Registered> before = List.copyOf(listeners);
        listeners.clear();
        request = given;
        response = givenResponse;
        explicit = withArguments;
        scope = call.request().app();
        returned = false;
        target = null;
        failure = null;
        cycle++;
        timeout = call.context().options().asyncTimeout().toMillis();
        tell(before, null, AsyncListener::onStartAsync);
        return this;
    }

    AsyncAction signal(AsyncSignal signal) {
        if (signal == AsyncSignal.RETURN) {
            returned = true;
        }
        return machine.signal(signal);
    }

    void failure(Throwable thrown) {
        failure = thrown;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    int cycle() {
        return cycle;
    }

    ServletRequest currentRequest() {
        return request;
    }

    ServletResponse currentResponse() {
        return response;
    }

    /** Where the dispatch goes that was asked for. */
    Dispatcher takeTarget() {
        Dispatcher wanted = target;
        if (wanted == null) {
            throw new IllegalStateException("no dispatch was asked for"); // the machine has seen DISPATCH
        }
        target = null;
        return wanted;
    }

    void notifyTimeout() {
        tell(List.copyOf(listeners), null, AsyncListener::onTimeout);
    }

    void notifyError() {
        tell(List.copyOf(listeners), failure, AsyncListener::onError);
    }

    void notifyComplete() {
        tell(List.copyOf(listeners), null, AsyncListener::onComplete);
    }

    private void tell(List<Registered> registered, @Nullable Throwable thrown, Notification notification) {
        for (Registered each : registered) {
            AsyncEvent event = new AsyncEvent(
                    this,
                    each.request != null ? each.request : request,
                    each.response != null ? each.response : response,
                    thrown);
            try {
                notification.tell(each.listener, event);
            } catch (Throwable failed) {
                // Servlet 6.1, 2.3.3.3: logged; the other listeners are called all the same
                LOG.log(System.Logger.Level.ERROR, "An asynchronous listener of " + call.request() + " failed", failed);
            }
        }
    }

    // ---- for applications

    @Override
    public ServletRequest getRequest() {
        checkOpen("getRequest()");
        return request;
    }

    @Override
    public ServletResponse getResponse() {
        checkOpen("getResponse()");
        return response;
    }

    private void checkOpen(String method) {
        if (!machine.state().open()) {
            throw new IllegalStateException(
                    method + " after complete() or dispatch() (expected: before, in the same asynchronous cycle)");
        }
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return request == call.request() && response == call.response();
    }

    @Override
    public void dispatch() {
        AppContext app = call.request().app();
        if (explicit && request instanceof HttpServletRequest given) {
            // the parameters of the forward that the given request is in go along
            toUri(app, given.getRequestURI(), call.request().frame().dispatchQuery());
        } else {
            Frame first = call.request().frame().first();
            toUri(first.context(), first.requestUri(), null);
        }
    }

    private void toUri(AppContext app, String uri, @Nullable String query) {
        String prefix = call.request().exchange().prefix();
        String own = uri.startsWith(prefix) ? uri.substring(prefix.length()) : uri;
        dispatchTo(uri, Dispatcher.toUri(app, own, query));
    }

    @Override
    public void dispatch(String path) {
        dispatchTo(scope, path);
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        if (!(context instanceof ContextFacade facade)) {
            throw new IllegalArgumentException("The context " + context + " is not one of this container");
        }
        dispatchTo(facade.app(), path);
    }

    private void dispatchTo(AppContext app, String path) {
        dispatchTo(path, path == null ? null : Dispatcher.relative(call.request(), app, path));
    }

    private void dispatchTo(@Nullable String path, @Nullable Dispatcher wanted) {
        if (wanted == null) {
            throw new IllegalArgumentException(
                    "dispatch(\"" + path + "\") (expected: a path as Servlet 6.1, 3.5.2 allows it)");
        }
        AsyncAction action;
        synchronized (this) {
            action = machine.signal(AsyncSignal.DISPATCH);
            target = wanted;
        }
        call.closeNonBlocking();
        call.act(action);
    }

    @Override
    public void complete() {
        AsyncAction action = machine.signal(AsyncSignal.COMPLETE);
        call.closeNonBlocking();
        call.act(action);
    }

    @Override
    public void start(Runnable task) {
        checkOpen("start(Runnable)");
        call.runAside(task);
    }

    @Override
    public void addListener(AsyncListener listener) {
        checkConfigurable("addListener");
        listeners.add(new Registered(listener, null, null));
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest given, ServletResponse givenResponse) {
        checkConfigurable("addListener");
        listeners.add(new Registered(listener, given, givenResponse));
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        try {
            return call.request().app().instances().create(type);
        } catch (ReflectiveOperationException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new ServletException(
                    "The asynchronous listener " + type.getName() + " cannot be instantiated: " + cause
                            + " (expected: a public class with a public constructor without parameters)",
                    cause);
        }
    }

    @Override
    public void setTimeout(long milliseconds) {
        checkConfigurable("setTimeout");
        timeout = milliseconds;
    }

    private void checkConfigurable(String method) {
        if (returned) {
            throw new IllegalStateException(
                    method + "() after the dispatch that called startAsync() has returned to the container"
                            + " (expected: before, or after the next startAsync())");
        }
    }

    @Override
    public long getTimeout() {
        return timeout;
    }
}
