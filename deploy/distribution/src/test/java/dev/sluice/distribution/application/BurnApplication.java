package dev.sluice.distribution.application;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import java.util.concurrent.TimeUnit;

/** Packed into a jar by tests: answers at once, sends a body back, or keeps a processor busy for as many milliseconds as the path says. */
public final class BurnApplication implements HandlerApplication {
    @Override
    public void start(Setup setup) {
        setup.get("/hello", (request, context) -> Response.text("hello"));
        setup.post("/echo", (request, context) -> Response.text(request.body().text()));
        setup.get("/burn/{millis}", (request, context) -> burn(Long.parseLong(request.parameter("millis"))));
    }

    private static Response burn(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long turns = 0;
        while (System.nanoTime() - end < 0) {
            turns++;
        }
        return Response.text(turns > 0 ? "burnt" : "nothing to do");
    }
}
