package dev.sluice.distribution.application;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Packed into a jar by tests: fills the heap to the last object for a while, and lets go. */
public final class FillApplication implements HandlerApplication {
    private static final int BLOCK = 1024;

    private final AtomicInteger fills = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();

    @Override
    public void start(Setup setup) {
        setup.get("/hello", (request, context) -> Response.text("hello"))
                .get("/fill/{millis}", (request, context) -> fill(Long.parseLong(request.parameter("millis"))))
                .get("/filled", (request, context) -> Response.text(fills.get() + " " + (refusals.get() > 0)));
    }

    private Response fill(long millis) {
        Thread filler = new Thread(() -> fillFor(TimeUnit.MILLISECONDS.toNanos(millis)), "filler");
        filler.setDaemon(true);
        filler.start();
        return Response.text("filling");
    }

    /** The time begins when the heap is full, however long that takes. What runs first then must need no linking. */
    private void fillFor(long nanos) {
        Object[] kept = {null};
        boolean full = false;
        long since = 0;
        for (long now = System.nanoTime(); !full || now - since < nanos; now = System.nanoTime()) {
            try {
                kept = new Object[] {kept, new byte[BLOCK]};
            } catch (OutOfMemoryError e) {
                refusals.incrementAndGet();
                since = full ? since : now;
                full = true;
            }
        }
        kept[0] = kept; // Until here it was in use; now nothing of it is.
        fills.incrementAndGet();
    }
}
