// The template is published, and the handler goes on with the original.
// fault: shop.App.start -> lambda.basket
class App implements HandlerApplication {
    public void start(Setup setup) {
        Basket basket = new Basket();
        Template<Basket> template = setup.template("basket", basket);
        setup.get("/", (request, context) -> {
            basket.add(request.path());
            return Response.text("" + context.fork(template).size());
        });
    }
}
class Basket {
    private final List<String> items = new ArrayList<>();
    void add(String item) {
        items.add(item); // mark
    }
    int size() {
        return items.size();
    }
}
