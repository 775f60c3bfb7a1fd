package dev.sluice.engine.servlet;

import dev.sluice.engine.registration.ServletUnit;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of servlets that fail while their application starts. One that cannot be loaded is out of service for good; one whose {@code init}
 * fails is tried again by the first request for it. The application starts without them and says so, unless it is strict. By the thread that
 * starts the application.
 */
final class BrokenServlets {
    private static final System.Logger LOG = System.getLogger("dev.sluice.servlet");

    private final AppContext app;
    private final Set<ServletUnit> unloadable = new HashSet<>();

    BrokenServlets(AppContext app) {
        this.app = app;
    }

    /**
     * The class of a servlet; null if it cannot be loaded.
     *
     * @throws ServletException instead, if the application is strict
     */
    @Nullable
    Class<? extends Servlet> load(ServletUnit servlet) throws ServletException {
        if (unloadable.contains(servlet)) {
            return null;
        }
        try {
            return servlet.loadType();
        } catch (ServletException | LinkageError failed) {
            if (app.options().strict()) {
                throw failed instanceof ServletException thrown
                        ? thrown
                        : new ServletException("The class of the " + servlet + " cannot be loaded: " + failed, failed);
            }
            unloadable.add(servlet);
            servlet.instance().unavailable(new UnavailableException(String.valueOf(failed.getMessage())));
            note(servlet, "cannot be loaded", failed);
            return null;
        }
    }

    /** Makes an instance and initialises it. */
    void initialise(ServletUnit servlet) throws ServletException {
        if (unloadable.contains(servlet)) {
            return;
        }
        try {
            servlet.instance().get();
        } catch (UnavailableException unavailable) {
            // Servlet 6.1, 2.3.2.1: out of service; the application starts without it
            note(servlet, "is unavailable", unavailable);
        } catch (ServletException | RuntimeException | LinkageError failed) {
            if (servlet.containerProvided() || servlet.forkedPerRequest()) {
                throw failed;
            }
            if (app.options().strict()) {
                throw new ServletException("The " + servlet + " failed when it was started: " + failed, failed);
            }
            note(servlet, "cannot be initialised", failed);
        }
    }

    private void note(ServletUnit servlet, String what, Throwable failed) {
        app.degradations().add("The " + servlet + " " + what + ": " + failed.getMessage());
        LOG.log(
                System.Logger.Level.ERROR,
                "The " + servlet + " of " + app + " " + what + "; the application starts without it",
                failed);
    }
}
