package dev.sluice.distribution.application;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Says where a class is found. */
public final class ClassFinderServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("class");
        response.getWriter()
                .print(found(name, ClassLoader.getSystemClassLoader()) + " "
                        + found(name, ClassLoader.getSystemClassLoader().getParent()) + " "
                        + found(name, Thread.currentThread().getContextClassLoader()));
    }

    private static boolean found(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader) != null;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
