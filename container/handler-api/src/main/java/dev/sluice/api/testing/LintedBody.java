package dev.sluice.api.testing;

import dev.sluice.api.Body;
import dev.sluice.api.BodyWriter;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what the server does with a body that can be used only once. */
final class LintedBody {
    private final String request;
    private final Body original;
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger writtenAfterClose = new AtomicInteger();

    LintedBody(String request, Body original) {
        this.request = request;
        this.original = original;
    }

    /** A body that writes what the original writes. */
    Body body() {
        return new Body.Writer(new Counting());
    }

    void verify() {
        if (closed.get() != 1) {
            throw violation("closed " + closed.get() + " times (expected: once)");
        }
        if (written.get() > 1) {
            throw violation("written " + written.get() + " times (expected: once at most)");
        }
        if (writtenAfterClose.get() > 0) {
            throw violation("written after it was closed (expected: never)");
        }
    }

    private LintViolation violation(String what) {
        return new LintViolation("server or middleware: body of " + request + ": " + what);
    }

    private final class Counting implements BodyWriter, AutoCloseable {
        @Override
        public void write(OutputStream out) throws Exception {
            written.incrementAndGet();
            if (closed.get() > 0) {
                writtenAfterClose.incrementAndGet();
            }
            original.writeTo(out);
        }

        @Override
        public void close() throws Exception {
            closed.incrementAndGet();
            original.close();
        }
    }
}
