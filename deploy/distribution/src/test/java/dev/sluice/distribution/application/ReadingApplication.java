package dev.sluice.distribution.application;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;

/** Answers a request when it has read its body to the end, so that what is wrong with the body is found before there is an answer. */
public final class ReadingApplication implements HandlerApplication {
    @Override
    public void start(Setup setup) {
        setup.route("*", "/", (request, context) -> {
            int length = request.body().bytes().length;
            return Response.text("a body of " + length + " bytes" + " and more text".repeat(20));
        });
    }
}
