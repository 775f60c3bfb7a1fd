package dev.sluice.engine.servlet;

import dev.sluice.engine.registration.ServletUnit;
import dev.sluice.engine.resource.DefaultServlet;
import dev.sluice.engine.resource.StaticOptions;
import jakarta.servlet.ServletException;
import java.util.Map;

/**
 * The container's own servlets, also for declarations that name Tomcat's classes, as applications do that have taken parts of its conf/web.xml:
 * the default servlet with {@code listings} and {@code precompressed}, the JSP servlet with all of its parameters. By the thread that starts the
 * application.
 */
final class ContainerServlets {
    private static final System.Logger LOG = System.getLogger("dev.sluice.servlet");
    private static final String FILES = "org.apache.catalina.servlets.DefaultServlet";
    private static final String PAGES = "org.apache.jasper.servlet.JspServlet";

    private final AppContext app;

    ContainerServlets(AppContext app) {
        this.app = app;
    }

    /** A servlet for static files. */
    DefaultServlet files(StaticOptions options) {
        return new DefaultServlet(
                app.environment().resources(), options, app.environment().clock());
    }

    /** Gives a declared servlet the container's, if its class says so. */
    void supply(ServletUnit servlet) throws ServletException {
        if (FILES.equals(servlet.getClassName())) {
            StaticOptions options = app.options().files();
            String listings = servlet.getInitParameter("listings");
            String packed = servlet.getInitParameter("precompressed");
            options = listings == null ? options : options.withListings(Boolean.parseBoolean(listings));
            options = packed == null ? options : options.withPrecompressed(!packed.equals("false"));
            if ("false".equals(servlet.getInitParameter("readonly"))) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The {0} of {1} has the init parameter readonly=false, and clients cannot write files here"
                                + " (expected: true, or a servlet of the application that takes uploads)",
                        servlet,
                        app);
            }
            app.registrations().supplyOwn(servlet, files(options), Map.of());
        } else if (PAGES.equals(servlet.getClassName()) && servlet.jspFile() == null) {
            JspSupport jsp = app.environment().jsp();
            if (jsp == null) {
                throw new ServletException("The " + servlet
                        + " serves JSPs, and there is no JSP engine (expected: one on the container's class path)");
            }
            app.registrations().supplyOwn(servlet, jsp.createServlet(), jsp.initParameters(null));
        }
    }
}
