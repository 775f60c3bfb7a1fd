package dev.sluice.samples.reflection;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/** Calls everything that can be reached from a request by reflection, and answers with what it met. */
@WebServlet(urlPatterns = "/inspect", asyncSupported = true)
@MultipartConfig
public class InspectServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Inspection inspection = new Inspection();
        ServletContext context = getServletContext();
        inspection.walk(getServletConfig());
        inspection.walk(context);
        inspection.walk(context.getServletRegistrations());
        inspection.walk(context.getFilterRegistrations());
        inspection.walk(context.getRequestDispatcher("/index.html"));
        inspection.walk(context.getNamedDispatcher("default"));
        inspection.walk(request.getSession());
        inspection.walk(request.getParts());
        inspection.walk(request);
        inspection.walk(request.newPushBuilder());
        inspection.walk(response);
        AsyncContext async = request.startAsync();
        inspection.walk(async);
        response.setContentType("text/plain;charset=UTF-8");
        PrintWriter out = response.getWriter();
        out.println("real path: " + realPath(context));
        out.println("types: " + inspection.types());
        out.println("calls: " + inspection.calls());
        out.println("closed: " + inspection.closed());
        async.complete();
    }

    private static Object realPath(ServletContext context) throws ServletException {
        try {
            return context.getClass().getMethod("getRealPath", String.class).invoke(context, "/");
        } catch (ReflectiveOperationException e) {
            throw new ServletException("the context cannot be called through its own class", e);
        }
    }
}
