package dev.sluice.distribution.application;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Packed into a jar by tests: answers at once, or after as many milliseconds as the path says. */
public final class SlowApplication implements HandlerApplication {
    @Override
    public void start(Setup setup) {
        String text = setup.settings().getOrDefault("text", "quick");
        setup.get("/", (request, context) -> Response.text(text));
        setup.get("/slow/{millis}", (request, context) -> {
            TimeUnit.MILLISECONDS.sleep(Duration.ofMillis(Long.parseLong(request.parameter("millis")))
                    .toMillis());
            return Response.text("slow");
        });
    }
}
