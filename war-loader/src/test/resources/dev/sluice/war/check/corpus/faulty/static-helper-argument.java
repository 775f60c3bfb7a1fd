// The application's field is handed to a static method, which hands it on to an object that changes itself.
// fault: shop.App.shared
class App implements HandlerApplication {
    private final Prices shared = new Prices();
    public void start(Setup setup) {
        setup.get("/{item}", (request, context) -> answer(request, shared));
    }
    private static Response answer(Request request, Prices prices) {
        return Response.text(prices.quote(request.parameter("item")));
    }
}
class Prices {
    private final List<String> steps = new ArrayList<>();
    String quote(String item) {
        steps.add(item); // mark
        return steps.toString();
    }
}
