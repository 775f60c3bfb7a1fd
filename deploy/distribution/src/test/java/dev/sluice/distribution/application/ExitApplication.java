package dev.sluice.distribution.application;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;

/** Packed into a jar by tests: ends the process. */
public final class ExitApplication implements HandlerApplication {
    @Override
    public void start(Setup setup) {
        setup.get("/", (request, context) -> Response.text("alive"))
                .get("/exit", (request, context) -> {
                    System.exit(5);
                    return Response.text("survived");
                })
                .get("/halt", (request, context) -> {
                    Runtime.getRuntime().halt(6);
                    return Response.text("survived");
                })
                .get("/leave", (request, context) -> {
                    new Thread(() -> System.exit(5), "leaving").start();
                    return Response.text("leaving");
                });
    }

    @Override
    public void stop() {
        java.util.logging.Logger.getLogger("quitter").warning("the quitter has come to its end");
    }
}
