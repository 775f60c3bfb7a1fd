// Annotated, and not made for it.
// fault: shop.Shop.visitors
class App implements HandlerApplication {
    public void start(Setup setup) {
        Template<Shop> shops = setup.template("shop", new Shop());
        setup.get("/", (request, context) -> Response.text(context.fork(shops).visit(request.path())));
    }
}
class Shop {
    @Shared
    private final Map<String, Integer> visitors = new HashMap<>();
    String visit(String path) {
        visitors.merge(path, 1, Integer::sum); // mark
        return visitors.toString();
    }
}
