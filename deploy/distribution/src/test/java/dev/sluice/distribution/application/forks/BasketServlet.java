package dev.sluice.distribution.application.forks;

import dev.sluice.api.HandlerContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Shows the request's basket when a second request is as far as this one. */
@WebServlet("/basket")
public final class BasketServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Basket basket = BasketFilter.basket(request).add(request.getParameter("item"));
        Meeting.await(request);
        HandlerContext context = HandlerContext.of(request);
        response.getWriter()
                .print(basket + " vendor " + basket.vendor().call() + " id " + context.requestId() + " deadline "
                        + context.deadline().isPresent() + " cancelled " + context.cancelled());
    }
}
