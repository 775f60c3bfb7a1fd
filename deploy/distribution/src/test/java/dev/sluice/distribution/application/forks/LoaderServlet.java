package dev.sluice.distribution.application.forks;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.ref.Reference;

/** In an application beside: asks for a collection, and says whether the class loader of the other one is still there. */
@WebServlet("/")
public final class LoaderServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        System.gc();
        Reference<?> loader = (Reference<?>) System.getProperties().get(BasketListener.LOADER);
        response.getWriter().print(loader.get() == null ? "collected" : "live");
    }
}
