package dev.sluice.distribution.application.forks;

import dev.sluice.api.HandlerContext;
import dev.sluice.api.Template;
import dev.sluice.api.Templates;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Puts something into the request's basket, and hands on a wrapped request. */
@WebFilter("/basket")
public final class BasketFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    static Basket basket(HttpServletRequest request) {
        Template<Basket> template = Templates.of(request.getServletContext()).template("basket", Basket.class);
        return HandlerContext.of(request).fork(template);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        basket(request).add("filter");
        chain.doFilter(new HttpServletRequestWrapper(request), response);
    }
}
