package dev.sluice.engine.registration;

import dev.sluice.api.Template;
import dev.sluice.engine.application.PublishedTemplate;
import dev.sluice.fork.ForkOptions;
import dev.sluice.fork.Templates;
import dev.sluice.fork.report.ForkException;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The life of a servlet's one instance (Servlet 6.1, 2.3): made and initialised on first use or at start, taken out of service
 * for a time or for good by {@code UnavailableException}, destroyed when the application stops.
 *
 * <p>Any thread. The lock is held while the servlet initialises, so that requests wait for it; never during a request.
 */
public final class ServletInstance {
    private final ServletUnit unit;
    private final Object lock = new Object();
    private volatile @Nullable Initialised ready;
    private volatile @Nullable Outage outage;
    private boolean destroyed;

    ServletInstance(ServletUnit unit) {
        this.unit = unit;
    }

    /**
     * A servlet whose {@code init} has returned.
     *
     * @param template what requests fork; null if the instance itself serves them
     */
    public record Initialised(Servlet servlet, @Nullable Template<Servlet> template) {}

    /** Out of service until then; {@code untilNanos} is null if for good. */
    private record Outage(String message, @Nullable Long untilNanos) {}

    /**
     * The instance, in service. A temporary outage does not change what is forked.
     *
     * @throws UnavailableException while it is out of service
     * @throws ServletException if it cannot be made or its {@code init} throws; the next request tries again
     */
    public Initialised get() throws ServletException {
        Initialised servlet = ready;
        return servlet != null && outage == null ? servlet : initialised();
    }

    /** True once it is initialised and has not been destroyed. */
    public boolean inService() {
        return ready != null && outage == null;
    }

    /** The servlet threw this from {@code service}: out of service for the time that it says, or destroyed for good. */
    public void unavailable(UnavailableException thrown) {
        synchronized (lock) {
            outage = outageOf(thrown);
            if (thrown.isPermanent()) {
                destroyInstance();
            }
        }
    }

    /** Calls {@code destroy} once, if it ever was in service. */
    public void destroy() {
        synchronized (lock) {
            destroyed = true;
            destroyInstance();
        }
    }

    private Initialised initialised() throws ServletException {
        synchronized (lock) {
            checkOutage();
            Initialised servlet = ready;
            if (servlet == null) {
                servlet = make();
                ready = servlet;
            }
            return servlet;
        }
    }

    private void checkOutage() throws UnavailableException {
        if (destroyed) {
            throw new UnavailableException("The " + unit + " has been destroyed: its application is stopping");
        }
        Outage current = outage;
        if (current == null) {
            return;
        }
        if (current.untilNanos == null) {
            throw new UnavailableException(current.message);
        }
        long left = current.untilNanos - System.nanoTime();
        if (left > 0) {
            throw new UnavailableException(current.message, (int)
                    Duration.ofNanos(left).plusMillis(999).toSeconds());
        }
        outage = null;
    }

    private Initialised make() throws ServletException {
        Servlet servlet = instantiate();
        try {
            servlet.init(unit);
            return new Initialised(servlet, unit.forkedPerRequest() ? publish(servlet) : null);
        } catch (UnavailableException thrown) {
            outage = outageOf(thrown);
            unit.scope.instances().destroy(servlet);
            throw thrown;
        } catch (ServletException | RuntimeException | Error thrown) {
            unit.scope.instances().destroy(servlet);
            throw thrown;
        }
    }

    private Template<Servlet> publish(Servlet servlet) throws ServletException {
        Templates templates = unit.scope.forkTemplates();
        // A servlet's transient fields are its ServletConfig and what init has made; nothing is ever deserialized here.
        ForkOptions options = templates.defaults().transientFields(ForkOptions.TransientFields.COPY);
        try {
            return new PublishedTemplate<>(templates.publish("servlet " + unit.getName(), servlet, options));
        } catch (ForkException | IllegalStateException refused) {
            ServletException failure =
                    new ServletException("The " + unit + " is forked per request: " + refused.getMessage(), refused);
            try {
                servlet.destroy();
            } catch (RuntimeException failedToo) {
                failure.addSuppressed(failedToo);
            }
            throw failure;
        }
    }

    private Servlet instantiate() throws ServletException {
        Servlet supplied = unit.supplied();
        if (supplied != null) {
            return supplied;
        }
        try {
            return unit.scope.instances().create(unit.loadType());
        } catch (ReflectiveOperationException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new ServletException(
                    "The " + unit + " cannot be instantiated: " + cause
                            + " (expected: a public class with a public constructor without parameters)",
                    cause);
        }
    }

    private static Outage outageOf(UnavailableException thrown) {
        String message = String.valueOf(thrown.getMessage());
        int seconds = thrown.getUnavailableSeconds();
        // Servlet 6.1, UnavailableException: zero or negative means that no estimate can be given
        Long until = thrown.isPermanent()
                ? null
                : System.nanoTime() + Duration.ofSeconds(Math.max(seconds, 0)).toNanos();
        return new Outage(message, until);
    }

    private void destroyInstance() {
        Initialised servlet = ready;
        ready = null;
        if (servlet != null) {
            try {
                servlet.servlet().destroy();
            } finally {
                unit.scope.instances().destroy(servlet.servlet());
            }
        }
    }
}
