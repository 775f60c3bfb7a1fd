package dev.sluice.engine.gate;

import dev.sluice.engine.error.FailurePage;
import dev.sluice.engine.error.Refusals;
import dev.sluice.engine.http.Answer;
import dev.sluice.engine.http.Headers;
import dev.sluice.engine.http.HttpExchange;
import org.jspecify.annotations.Nullable;

/** What the gate answers by itself. */
final class ErrorAnswers {
    private ErrorAnswers() {}

    /** The status for a failure of application code. */
    static int status(Throwable failure) {
        Integer refused = Refusals.status(failure);
        return refused == null ? 500 : refused;
    }

    /** An answer for a status, without a failure of the application's. */
    static Answer of(HttpExchange exchange, int status) {
        return of(exchange, status, null, null);
    }

    /**
     * An answer for a failure of application code.
     *
     * @param development whether its trace is shown
     */
    static Answer of(HttpExchange exchange, int status, Throwable failure, boolean development) {
        return of(exchange, status, Refusals.detail(failure), development ? failure : null);
    }

    private static Answer of(HttpExchange exchange, int status, @Nullable String message, @Nullable Throwable failure) {
        FailurePage page = FailurePage.of(
                status,
                message,
                exchange.requestId(),
                failure,
                exchange.requestHeaders().all("Accept"));
        Headers headers = new Headers().add("Content-Type", page.contentType()).add("Cache-Control", "no-store");
        if (status == 503) {
            headers.add("Retry-After", "1");
        }
        return new Answer(status, headers, page.content());
    }
}
