package dev.sluice.benchmarks.app.handler;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import dev.sluice.benchmarks.app.Payload;

/** The rows of the benchmark that are handlers: /hello, /inline and the fixed response /fixed. */
public final class RowHandlers implements HandlerApplication {

    @Override
    public void start(Setup setup) {
        setup.get("/hello", (request, context) -> Response.text(Payload.HELLO));
        setup.get("/inline", Handler.nonBlocking((request, context) -> Response.text(Payload.HELLO)));
        setup.fixed("/fixed", Response.text(Payload.HELLO));
    }
}
