package dev.sluice.distribution.application;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import java.util.concurrent.locks.LockSupport;

/** Packed into a jar by tests: requests that never end, and an end that never does. */
public final class StuckApplication implements HandlerApplication {
    /** Whose start never ends. */
    public static final class AtStart implements HandlerApplication {
        @Override
        public void start(Setup setup) {
            hang("the start hangs");
        }
    }

    @Override
    public void start(Setup setup) {
        setup.get("/", (request, context) -> {
            hang("a request hangs");
            return Response.text("never");
        });
    }

    /** Whatever interrupts it. */
    static void hang(String text) {
        System.out.println(text);
        while (true) {
            LockSupport.park();
            Thread.interrupted();
        }
    }

    @Override
    public void stop() {
        hang("the end hangs");
    }
}
