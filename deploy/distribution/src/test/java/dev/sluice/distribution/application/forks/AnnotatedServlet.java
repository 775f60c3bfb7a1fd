package dev.sluice.distribution.application.forks;

import dev.sluice.api.ForkedPerRequest;
import jakarta.servlet.annotation.WebServlet;

/** Has the same fields, and every request has a servlet of its own. */
@ForkedPerRequest
@WebServlet(name = "annotated", urlPatterns = "/annotated")
public final class AnnotatedServlet extends OrdinaryServlet {
    private static final long serialVersionUID = 1L;
}
