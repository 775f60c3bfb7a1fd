package dev.sluice.engine.servlet;

import dev.sluice.api.HandlerContext;
import dev.sluice.engine.application.Call;
import dev.sluice.engine.application.Cancellation;
import dev.sluice.engine.async.AsyncAction;
import dev.sluice.engine.async.AsyncSignal;
import dev.sluice.engine.resource.DefaultServlet;
import dev.sluice.engine.resource.FileSender;
import dev.sluice.engine.stream.RequestInput;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The processing of one request: the dispatch from the client, what follows in asynchronous mode, errors, and the end. What is done next is
 * what the {@link dev.sluice.engine.async.AsyncMachine} says; everything runs on the request's {@link SerialLane}.
 */
final class ServletCall {
    private static final System.Logger LOG = System.getLogger("dev.sluice.servlet");

    private final Call call;
    private final AppContext context;
    private final SerialLane lane;
    private final Frame initial;
    private final String requestedPath;
    private final HttpRequest request;
    private final HttpResponse response;
    private final ErrorAnswers errors = new ErrorAnswers(this);
    private volatile @Nullable AsyncView async;
    private @Nullable Cancellation timer;
    private @Nullable HttpUpgradeHandler upgrade;
    private final RequestEvents events;
    private boolean watching;
    private boolean detached;
    private boolean over;
    private boolean contextUsed;

    /**
     * A request that was mapped.
     *
     * @param requestedPath the path inside the application, before a welcome file took its place
     */
    ServletCall(Call call, AppContext context, Frame initial, String requestedPath) {
        this.requestedPath = requestedPath;
        this.call = call;
        this.context = context;
        this.initial = initial;
        this.lane = new SerialLane(call.executor(), this::asyncStarted);
        this.response = new HttpResponse(this, context);
        this.request = new HttpRequest(this, context, initial);
        this.events = new RequestEvents(context, request, this::failed);
    }

    Call call() {
        return call;
    }

    AppContext context() {
        return context;
    }

    HttpRequest request() {
        return request;
    }

    HttpResponse response() {
        return response;
    }

    SerialLane lane() {
        return lane;
    }

    boolean asyncStarted() {
        AsyncView view = async;
        return view != null && view.started();
    }

    AsyncView async() {
        AsyncView view = async;
        if (view == null) {
            view = new AsyncView(this);
            async = view;
        }
        return view;
    }

    HandlerContext handlerContext() {
        contextUsed = true;
        return call.handlerContext();
    }

    /** Sends parts of files past the buffer; not while a wrapper of the application stands between, which cannot be known: callers check. */
    FileSender fileSender() {
        return (file, position, count) -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                response.output().transferFrom(channel, position, count);
            }
        };
    }

    /** Runs the request on this thread until it is over or waits for the application. */
    void run() {
        lane.enter();
        context.inside(() -> {
            Throwable thrown = null;
            try {
                events.initialized();
                if (DefaultServlet.isPrivate(requestedPath)) {
                    // Servlet 6.1, 10.5: nothing below WEB-INF or META-INF is for clients, whatever is mapped to it
                    response.sendError(HttpServletResponse.SC_NOT_FOUND);
                } else if (request.identity().admitted(requestedPath)) {
                    Chain.run(request, false, request, response);
                }
            } catch (Throwable failed) {
                thrown = failed;
            }
            proceed(afterDispatch(thrown));
        });
        lane.leave(this::detachUnlessOver);
    }

    private void detachUnlessOver() {
        if (!over && !detached) {
            detached = true;
            call.detach();
        }
    }

    /** Answers what went wrong in a dispatch, and says what comes next. */
    private AsyncAction afterDispatch(@Nullable Throwable thrown) {
        AsyncView view = async;
        boolean waiting = view != null && view.state().started();
        if (thrown != null && view != null && waiting) {
            failed(thrown);
            view.failure(thrown);
            AsyncAction action = view.signal(AsyncSignal.ERROR);
            if (action != AsyncAction.NONE) {
                return action;
            }
            errors.answer(thrown);
        } else if (thrown != null) {
            errors.answer(thrown);
        } else if (!waiting) {
            errors.answerPending();
        }
        return signal(AsyncSignal.RETURN);
    }

    private AsyncAction signal(AsyncSignal signal) {
        AsyncView view = async;
        return view == null ? AsyncAction.FINISH : view.signal(signal);
    }

    /** Carries out an action and those that follow from it, until the request waits or is over. On the lane. */
    private void proceed(AsyncAction first) {
        AsyncAction action = first;
        while (true) {
            switch (action) {
                case DISPATCH -> action = afterDispatch(dispatch());
                case NOTIFY_TIMEOUT -> {
                    async().notifyTimeout();
                    action = signal(AsyncSignal.RETURN);
                }
                case NOTIFY_ERROR -> {
                    async().notifyError();
                    action = signal(AsyncSignal.RETURN);
                }
                case ERROR_DISPATCH -> {
                    errors.answerAsync(async().failure());
                    action = signal(AsyncSignal.RETURN);
                }
                case SCHEDULE, NONE, WAIT, FINISH -> {
                    act(action);
                    return;
                }
            }
        }
    }

    /** Carries out an action that ends what this thread does for the request. Any thread. */
    void act(AsyncAction action) {
        switch (action) {
            case SCHEDULE -> later(AsyncSignal.RETURN);
            case WAIT -> awaitApplication();
            case FINISH -> finish();
            case NONE -> {}
            case DISPATCH, NOTIFY_TIMEOUT, NOTIFY_ERROR, ERROR_DISPATCH ->
                throw new IllegalStateException(action + " outside of the request's lane"); // only proceed() gets these
        }
    }

    /** Sends a signal from the lane, and does what follows from it. */
    private void later(AsyncSignal signal) {
        lane.run(() -> context.inside(() -> {
            if (!over) {
                cancelTimer();
                proceed(signal(signal));
            }
        }));
    }

    private @Nullable Throwable dispatch() {
        cancelTimer();
        AsyncView view = async();
        finishNonBlocking();
        try {
            view.takeTarget().async(request, initial, view.currentRequest(), view.currentResponse());
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    private void awaitApplication() {
        AsyncView view = async();
        if (!watching) {
            watching = true;
            call.onCancel(this::cancelled);
        }
        long millis = view.getTimeout();
        int cycle = view.cycle();
        if (millis > 0) {
            timer = call.schedule(Duration.ofMillis(millis), () -> lane.run(() -> timedOut(cycle)));
        }
    }

    private void timedOut(int cycle) {
        if (!over && async().cycle() == cycle) {
            context.inside(() -> proceed(signal(AsyncSignal.TIMEOUT)));
        }
    }

    private void cancelled() {
        lane.run(() -> context.inside(() -> {
            if (!over) {
                IOException cause = new IOException(
                        "The client went away or the server stops while " + request + " was in asynchronous mode");
                RequestInput input = request.body().made();
                if (input != null) {
                    input.fail(cause);
                }
                response.output().fail(cause);
                async().failure(cause);
                proceed(signal(AsyncSignal.DISCONNECT));
            }
        }));
    }

    /**
     * Servlet 6.1, {@code AsyncContext.complete} and {@code dispatch}: an output stream in non-blocking mode is closed by them. On the lane at
     * once; for other threads when the lane gets to it.
     */
    void closeNonBlocking() {
        if (response.output().nonBlocking() && lane.inside()) {
            quietly(response.output()::close);
        }
    }

    /** Waits until what a non-blocking writer has left behind is sent, and closes its stream. */
    private void finishNonBlocking() {
        if (response.output().nonBlocking()) {
            quietly(response.output()::finish);
        }
    }

    private interface Output {
        void act() throws IOException;
    }

    private void quietly(Output output) {
        try {
            output.act();
        } catch (IOException gone) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "The client of {0} went away before the end of the response: {1}",
                    request,
                    gone);
        }
    }

    private void cancelTimer() {
        Cancellation running = timer;
        timer = null;
        if (running != null) {
            running.cancel();
        }
    }

    /** Runs a task of {@code AsyncContext.start}, beside the lane. */
    void runAside(Runnable task) {
        call.executor()
                .execute(() -> context.inside(() -> {
                    try {
                        task.run();
                    } catch (RuntimeException | Error failed) {
                        failed(failed);
                        lane.run(() -> context.inside(() -> failedAside(failed)));
                    }
                }));
    }

    private void failedAside(Throwable failed) {
        if (!over) {
            cancelTimer();
            async().failure(failed);
            proceed(signal(AsyncSignal.ERROR));
        }
    }

    /** Takes notice of a failure of the application, once: in the log, with the request's id. */
    void failed(Throwable thrown) {
        call.note(thrown);
    }

    <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws ServletException {
        if (response.isCommitted()) {
            throw new IllegalStateException("upgrade() after the response was committed (expected: before)");
        }
        try {
            T handler = context.instances().create(type);
            upgrade = handler;
            response.setStatus(101);
            response.output().suspend(true); // a 101 has no body, and its head goes out with the connection
            return handler;
        } catch (ReflectiveOperationException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new ServletException(
                    "The upgrade handler " + type.getName() + " cannot be instantiated: " + cause
                            + " (expected: a public class with a public constructor without parameters)",
                    cause);
        }
    }

    /** Whether the connection leaves HTTP when the dispatch is over. */
    boolean upgrading() {
        return upgrade != null;
    }

    /** An error is answered instead. */
    void cancelUpgrade() {
        HttpUpgradeHandler handler = upgrade;
        upgrade = null;
        if (handler != null) {
            context.instances().destroy(handler);
        }
    }

    private void finish() {
        over = true;
        cancelTimer();
        try {
            close();
        } catch (RuntimeException | Error failed) {
            call.fail(failed);
        } finally {
            lane.close();
            if (detached) {
                call.finished();
            }
        }
    }

    private void close() {
        errors.answerPending();
        AsyncView view = async;
        if (view != null) {
            finishNonBlocking();
            view.notifyComplete();
        }
        events.destroyed();
        request.sessions().close();
        request.parts().close();
        end();
        if (contextUsed) {
            call.handlerContext()
                    .finish(call.exchange().status(), call.exchange().failure());
        }
    }

    private void end() {
        HttpUpgradeHandler handler = upgrade;
        if (handler != null && !response.output().committed() && response.pendingError() == null) {
            quietly(() -> call.exchange()
                    .upgrade(null, connection -> UpgradeView.begin(context, handler, connection, call.executor())));
        } else {
            quietly(response::finish);
        }
    }
}
