package dev.sluice.distribution.application;

import dev.sluice.api.Handler;
import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Request;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Packed into a jar by tests: loads the server, and misbehaves, as the path says. */
public final class LoadApplication implements HandlerApplication {
    private static final System.Logger LOG = System.getLogger("load");
    private static final ThreadLocal<String> CONTEXT = new ThreadLocal<>();

    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void start(Setup setup) {
        setup.get("/hello", (request, context) -> Response.text("hello"))
                .get("/spin/{millis}", (request, context) -> spin(Long.parseLong(request.parameter("millis"))))
                .get("/sleep/{millis}", (request, context) -> sleep(Long.parseLong(request.parameter("millis"))))
                .get("/block", (request, context) -> {
                    released.await();
                    return Response.text("released");
                })
                .get("/hold", (request, context) -> hold())
                .get("/release", (request, context) -> {
                    released.countDown();
                    return Response.text("released");
                })
                .get("/fail/{how}", (request, context) -> fail(request.parameter("how")))
                .get("/thread", (request, context) -> thread(setup))
                .get("/inline", Handler.nonBlocking((request, context) -> thread(setup)))
                .get("/bytes/{count}", (request, context) -> bytes(Long.parseLong(request.parameter("count"))))
                .post("/count", (request, context) -> count(request));
    }

    private static Response spin(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return Response.text("spun");
    }

    /** Burns CPU until it is released. */
    private Response hold() {
        while (released.getCount() > 0) {
            Thread.onSpinWait();
        }
        return Response.text("released");
    }

    private static Response sleep(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
        return Response.text("slept");
    }

    private static Response fail(String how) {
        return switch (how) {
            case "exception" -> throw new IllegalStateException("on purpose");
            case "stack" -> fail(how);
            case "memory" -> Response.text("" + new long[Integer.MAX_VALUE - 8].length);
            case "death" -> throw new ThreadDeathLike();
            case "interrupt" -> {
                Thread.currentThread().interrupt();
                yield Response.text("interrupted");
            }
            default -> Response.status(404);
        };
    }

    /** What ThreadDeath was, before it was deprecated for removal. */
    private static final class ThreadDeathLike extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** The thread's name, whether it has the application's loader, what the last request left on it. */
    private Response thread(Setup setup) {
        Thread thread = Thread.currentThread();
        boolean loader = thread.getContextClassLoader() == getClass().getClassLoader();
        String left = CONTEXT.get();
        CONTEXT.set("left by a request");
        LOG.log(System.Logger.Level.INFO, "said in " + setup.name());
        return Response.text(thread.getName() + " loader=" + loader + " left=" + left);
    }

    private static Response bytes(long count) {
        return Response.writer("application/octet-stream", out -> {
            byte[] block = new byte[64 * 1024];
            for (long left = count; left > 0; left -= block.length) {
                out.write(block, 0, (int) Math.min(left, block.length));
            }
        });
    }

    private static Response count(Request request) throws java.io.IOException {
        try (InputStream in = request.body().stream()) {
            return Response.text(String.valueOf(in.transferTo(java.io.OutputStream.nullOutputStream())));
        }
    }
}
