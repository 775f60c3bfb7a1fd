package dev.sluice.distribution.application.unsafe;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Keeps the caller in a field that all requests share. */
public final class UnsafeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private String caller = "";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        caller = request.getRemoteAddr(); // mark: field assigned
        response.getWriter().print(caller);
    }
}
