package dev.sluice.samples.sharedstate;

import dev.sluice.api.HandlerApplication;
import dev.sluice.api.Request;
import dev.sluice.api.Response;
import dev.sluice.api.Setup;
import dev.sluice.api.StatusException;
import dev.sluice.api.Template;

/**
 * The same price list behind two paths: {@code /ordinary/...} keeps it in a field that all requests share, as an ordinary
 * container does with a servlet's fields; {@code /...} publishes it as a template, so that each request works on its fork.
 *
 * <pre>
 * curl localhost:8080/shared-state/ordinary/tea?discount=50   # 200 cents
 * curl localhost:8080/shared-state/ordinary/tea               # 200 cents: somebody else's discount
 * curl localhost:8080/shared-state/tea?discount=50            # 200 cents
 * curl localhost:8080/shared-state/tea                        # 400 cents
 * </pre>
 */
public final class PriceApplication implements HandlerApplication {
    private final PriceList shared = prices();

    private static PriceList prices() {
        return new PriceList().add("tea", 400).add("coffee", 500);
    }

    @Override
    public void start(Setup setup) {
        Template<PriceList> template = setup.template("prices", prices());
        setup.get("/ordinary/{item}", (request, context) -> answer(request, shared));
        setup.get("/{item}", (request, context) -> answer(request, context.fork(template)));
    }

    private static Response answer(Request request, PriceList prices) {
        int discount =
                request.query().first("discount").map(PriceApplication::percent).orElse(0);
        int cents = prices.quote(request.parameter("item"), discount);
        return Response.text(cents + " cents\n" + String.join("\n", prices.steps()) + "\n");
    }

    private static int percent(String text) {
        try {
            return Math.max(0, Math.min(100, Integer.parseInt(text)));
        } catch (NumberFormatException e) {
            throw new StatusException(400, "discount: expected a number of per cent");
        }
    }
}
