package dev.sluice.engine.servlet;

import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Runs checks as code of an application, and brings what they throw out to the test. */
final class Inside {
    private Inside() {}

    /** What is checked of one request. */
    interface RequestCheck {
        void on(HttpServletRequest request, HttpServletResponse response) throws Exception;
    }

    /** What is checked of a context. */
    interface ContextCheck {
        void on(ServletContext context) throws Exception;
    }

    /** Code that may throw anything. */
    interface Code {
        void run() throws Exception;
    }

    /** A code whose failure is kept. */
    static final class Guard {
        private final AtomicReference<Throwable> failed = new AtomicReference<>();
        private final CountDownLatch run = new CountDownLatch(1);

        void run(Code code) {
            try {
                code.run();
            } catch (Throwable thrown) {
                failed.compareAndSet(null, thrown);
            } finally {
                run.countDown();
            }
        }

        private boolean awaitRun() {
            try {
                return run.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while the check was awaited", e);
            }
        }

        /** The answer may be there before the check is over. */
        void done() {
            boolean over = awaitRun();
            Throwable thrown = failed.get();
            if (thrown != null) {
                throw new AssertionError("inside the application: " + thrown, thrown);
            }
            if (!over) {
                throw new AssertionError("the check was never run");
            }
        }
    }

    /** Checks a GET of {@code /app/check/info?q=1}. */
    static RawResponse get(RequestCheck check) {
        return get(TestWebApp.builder(), check);
    }

    /** Checks a GET of {@code /app/check/info?q=1} in an application that has more. */
    static RawResponse get(TestWebApp.Builder builder, RequestCheck check) {
        return send(builder, "GET /app/check/info?q=1 HTTP/1.1\r\nHost: localhost\r\n\r\n", check);
    }

    /** Checks a request that goes to {@code /app/check/*}. */
    static RawResponse send(TestWebApp.Builder builder, String request, RequestCheck check) {
        Guard guard = new Guard();
        builder.servlet("/check/*", (servletRequest, response) -> guard.run(() -> check.on(servletRequest, response)));
        try (TestWebApp app = builder.start()) {
            RawResponse answer = app.send(request);
            guard.done();
            return answer;
        }
    }

    /** Checks the context of an application that runs. */
    static void context(TestWebApp.Builder builder, ContextCheck check) {
        get(builder, (request, response) -> check.on(request.getServletContext()));
    }

    /** Checks the context while an initializer may configure it. */
    static void starting(ContextCheck check) {
        starting(TestWebApp.builder(), check);
    }

    /** Checks the context while an initializer may configure it, in an application that has more. */
    static void starting(TestWebApp.Builder builder, ContextCheck check) {
        Guard guard = new Guard();
        try (TestWebApp app =
                builder.setup(context -> guard.run(() -> check.on(context))).start()) {
            guard.done();
        }
    }
}
