package dev.sluice.distribution.application.forks;

import jakarta.servlet.ServletRequest;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where two requests with the parameter {@code meet} wait for each other, so that both are under way at once. */
final class Meeting {
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    private Meeting() {}

    static void await(ServletRequest request) {
        if (request.getParameter("meet") == null) {
            return;
        }
        try {
            BOTH.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("no second request came", e);
        }
    }
}
