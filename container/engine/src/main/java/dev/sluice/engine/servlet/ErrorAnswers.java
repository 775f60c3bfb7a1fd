package dev.sluice.engine.servlet;

import dev.sluice.engine.error.ErrorPages;
import dev.sluice.engine.error.FailurePage;
import dev.sluice.engine.error.Refusals;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The one place that turns a {@code sendError} or a Throwable into an answer: an error page of the application, or a short one of our own
 * (Servlet 6.1, 10.9). By the thread that runs the request.
 */
final class ErrorAnswers {
    private static final System.Logger LOG = System.getLogger("dev.sluice.servlet");

    private final ServletCall call;

    ErrorAnswers(ServletCall call) {
        this.call = call;
    }

    /** Answers what {@code sendError} asked for, if it did. */
    void answerPending() {
        HttpResponse.SentError pending = call.response().pendingError();
        if (pending != null) {
            String page = call.request().app().errorPages().forStatus(pending.status());
            answer(pending.status(), pending.message(), null, page);
        }
    }

    /** Answers an exception of the application. */
    void answer(Throwable thrown) {
        HttpResponse response = call.response();
        if (response.output().committed()) {
            if (clientGone(thrown)) {
                LOG.log(System.Logger.Level.DEBUG, "The client of {0} went away: {1}", call.request(), thrown);
                return;
            }
            call.call().fail(thrown);
            return;
        }
        if (thrown instanceof UnavailableException unavailable) {
            answerUnavailable(unavailable);
            return;
        }
        Integer refused = refusal(thrown);
        if (refused != null) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "{0} is refused with {1}: {2}",
                    call.request(),
                    refused,
                    Refusals.reason(thrown));
            refuse(refused, thrown);
            return;
        }
        call.failed(thrown);
        answerFailure(thrown);
    }

    /** Answers a timeout or an error that no asynchronous listener dealt with: with 500 (2.3.3.3), or as the client has deserved it. */
    void answerAsync(@Nullable Throwable thrown) {
        if (call.response().output().committed()) {
            // What was sent must not look complete.
            call.call().exchange().abort();
            return;
        }
        Integer refused = thrown == null ? null : Refusals.status(thrown);
        if (thrown == null) {
            answer(500, null, null, call.request().app().errorPages().forStatus(500));
        } else if (refused != null) {
            refuse(refused, thrown);
        } else {
            answerFailure(thrown);
        }
    }

    private void refuse(int status, Throwable thrown) {
        answer(status, null, thrown, call.request().app().errorPages().forStatus(status));
    }

    private void answerFailure(Throwable thrown) {
        ErrorPages pages = call.request().app().errorPages();
        ErrorPages.Found found = pages.forException(thrown);
        if (found != null) {
            answer(500, found.thrown().getMessage(), found.thrown(), found.location());
        } else {
            Throwable cause = rootCause(thrown);
            answer(500, cause.getMessage(), cause, pages.forStatus(500));
        }
    }

    private void answerUnavailable(UnavailableException thrown) {
        int status = thrown.isPermanent() ? 404 : 503;
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} is answered with {1}: {2}",
                call.request(),
                status,
                thrown.getMessage());
        if (!thrown.isPermanent()) {
            int seconds = Math.max(1, thrown.getUnavailableSeconds());
            call.response().setHeader("Retry-After", Integer.toString(seconds));
        }
        answer(status, null, thrown, call.request().app().errorPages().forStatus(status));
    }

    /** The status for a request that was found to be wrong while the application asked for its parts, or null. */
    private @Nullable Integer refusal(Throwable thrown) {
        Integer status = Refusals.status(thrown);
        // RFC 9112, 8: a request that its client did not finish; who only stopped sending may still read so.
        return status == null && clientGone(thrown) ? Integer.valueOf(400) : status;
    }

    private boolean clientGone(Throwable thrown) {
        return call.call().exchange().failure() != null
                && (thrown instanceof IOException || thrown.getCause() instanceof IOException);
    }

    private static Throwable rootCause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof ServletException wrapper && wrapper.getRootCause() != null) {
            cause = wrapper.getRootCause();
        }
        return cause;
    }

    private void answer(int status, @Nullable String message, @Nullable Throwable thrown, @Nullable String page) {
        HttpRequest request = call.request();
        HttpResponse response = call.response();
        Dispatcher dispatcher = page == null ? null : Dispatcher.toPath(request.app(), page);
        setAttributes(status, message, thrown);
        response.beginError(status);
        if (dispatcher == null) {
            render(status, message, thrown);
            return;
        }
        request.method("GET");
        try {
            dispatcher.error(request, response);
        } catch (ServletException | IOException | RuntimeException | Error failed) {
            LOG.log(System.Logger.Level.ERROR, "The error page " + page + " of " + request + " failed", failed);
            if (!response.output().committed()) {
                response.beginError(500);
                render(500, null, failed);
            }
            return;
        }
        HttpResponse.SentError again = response.pendingError();
        if (again != null) {
            response.beginError(again.status());
            render(again.status(), again.message(), null);
        }
    }

    private void setAttributes(int status, @Nullable String message, @Nullable Throwable thrown) {
        HttpRequest request = call.request();
        RequestAttributes attributes = request.attributes();
        Frame frame = request.frame();
        attributes.put(RequestDispatcher.ERROR_STATUS_CODE, status);
        // Servlet 6.1, 10.9.1: set for every error page; empty where nobody has said anything.
        String said = message != null ? message : thrown == null ? null : thrown.getMessage();
        attributes.put(RequestDispatcher.ERROR_MESSAGE, said == null ? "" : said);
        attributes.put(RequestDispatcher.ERROR_EXCEPTION, thrown);
        attributes.put(RequestDispatcher.ERROR_EXCEPTION_TYPE, thrown == null ? null : thrown.getClass());
        attributes.put(RequestDispatcher.ERROR_REQUEST_URI, frame.requestUri());
        attributes.put(RequestDispatcher.ERROR_QUERY_STRING, frame.queryString());
        attributes.put(RequestDispatcher.ERROR_SERVLET_NAME, frame.servlet().getName());
        attributes.put(RequestDispatcher.ERROR_METHOD, request.getMethod());
    }

    /** Our own page: the status, the message of {@code sendError}, and only in development the stack trace. */
    private void render(int status, @Nullable String message, @Nullable Throwable thrown) {
        HttpResponse response = call.response();
        try {
            boolean development =
                    call.context().options().development() || call.call().development();
            String shown = message != null && (thrown == null || development)
                    ? message
                    : thrown == null ? null : Refusals.detail(thrown);
            FailurePage page = FailurePage.of(
                    status,
                    shown,
                    call.call().exchange().requestId(),
                    development ? thrown : null,
                    call.call().exchange().requestHeaders().all("Accept"));
            response.setContentType(page.contentType());
            response.output().write(page.content());
        } catch (IOException gone) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "The client of {0} went away before it got its error: {1}",
                    call.request(),
                    gone);
        }
    }
}
