package dev.sluice.engine.servlet;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSP engine of one application, as far as the servlet engine sees it (Servlet 6.1, 8.3). */
public interface JspSupport {

    /** The URL patterns of the JSP servlet where the application maps none: {@code *.jsp}, {@code *.jspx} and the property groups'. */
    List<String> urlPatterns();

    /** A new JSP servlet. */
    Servlet createServlet();

    /**
     * The init parameters of a JSP servlet.
     *
     * @param jspFile the one JSP that it serves, or null if it serves whatever is mapped to it
     */
    Map<String, String> initParameters(@Nullable String jspFile);

    /** Called once before initializers and listeners; may set context attributes. */
    void start(ServletContext context);
}
