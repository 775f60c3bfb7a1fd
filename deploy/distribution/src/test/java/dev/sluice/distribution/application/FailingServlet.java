package dev.sluice.distribution.application;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;

/** Packed into a WAR by tests: does not start. */
@WebServlet(urlPatterns = "/", loadOnStartup = 1)
public final class FailingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    public void init() {
        throw new IllegalStateException("planted: no database");
    }
}
