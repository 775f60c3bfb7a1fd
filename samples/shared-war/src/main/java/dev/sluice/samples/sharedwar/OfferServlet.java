package dev.sluice.samples.sharedwar;

import dev.sluice.api.ForkedPerRequest;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Offers things, written as if there were one customer: it counts in a field, and puts the discount into the cache of prices.
 * An ordinary container has one instance for all requests (and ignores the annotation), so customers get each other's
 * discounts and counts. Sluice serves every request with a fork of the instance as {@code init} left it.
 *
 * <pre>
 * curl 'localhost:8080/shared-war/offer?item=tea&amp;discount=50'   # 200 cents, lookup 1
 * curl 'localhost:8080/shared-war/offer?item=tea'               # here 400 cents, lookup 1; elsewhere 200 cents, lookup 2
 * </pre>
 */
@ForkedPerRequest
@WebServlet("/offer")
public final class OfferServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final Map<String, Integer> cents = new HashMap<>();
    private int lookups;

    @Override
    public void init() {
        cents.put("tea", 400);
        cents.put("coffee", 500);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String item = request.getParameter("item");
        Integer price = cents.get(item);
        if (price == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND, "item: expected one of " + cents.keySet());
            return;
        }
        lookups++;
        String discount = request.getParameter("discount");
        if (discount != null) {
            price -= price * Integer.parseInt(discount) / 100;
            cents.put(item, price);
        }
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(price + " cents, lookup " + lookups);
    }
}
