package dev.sluice.samples.hellohandler;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;

/** The smallest handler application: a greeting, a greeting by name, and an answer that never enters this code again. */
public final class HelloApplication implements HandlerApplication {
    @Override
    public void start(Setup setup) {
        setup.get("/", Handler.nonBlocking((request, context) -> Response.text("Hello from a handler\n")));
        setup.get(
                "/hello/{name}",
                (request, context) -> Response.text(
                        "Hello " + request.parameter("name") + ", this is request " + context.requestId() + "\n"));
        setup.fixed("/ping", Response.text("pong\n"));
    }
}
