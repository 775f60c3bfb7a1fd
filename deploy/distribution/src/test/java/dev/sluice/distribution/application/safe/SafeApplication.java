package dev.sluice.distribution.application.safe;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import dev.sluice.api.Template;
import java.util.ArrayList;
import java.util.List;

/** Keeps what requests change in a template. */
public final class SafeApplication implements HandlerApplication {
    private static final List<String> GREETINGS = List.of("hello");

    @Override
    public void start(Setup setup) {
        Template<List<String>> names = setup.template("names", new ArrayList<>(GREETINGS));
        setup.get("/", (request, context) -> {
            context.fork(names).add(request.path());
            return Response.text(context.fork(names).toString());
        });
    }
}
