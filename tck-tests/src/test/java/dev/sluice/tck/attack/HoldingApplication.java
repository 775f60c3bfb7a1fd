package dev.sluice.tck.attack;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import java.util.concurrent.CountDownLatch;

/** Has a thread that keeps a monitor until the application stops; whoever asks waits for it. In lane {@code inline} that is a loop. */
public final class HoldingApplication implements HandlerApplication {
    private final Object monitor = new Object();
    private final CountDownLatch end = new CountDownLatch(1);

    /** Made by the server. */
    public HoldingApplication() {}

    @Override
    public void start(Setup setup) throws InterruptedException {
        CountDownLatch holds = new CountDownLatch(1);
        new Thread(() -> hold(holds), "holder").start();
        holds.await();
        setup.get("/", (request, context) -> {
            synchronized (monitor) {
                return Response.text("not held");
            }
        });
    }

    private void hold(CountDownLatch holds) {
        synchronized (monitor) {
            holds.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void stop() {
        end.countDown();
    }
}
