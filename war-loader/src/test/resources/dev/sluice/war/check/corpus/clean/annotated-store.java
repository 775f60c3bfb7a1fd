// Shared on purpose, and made for threads.
class App implements HandlerApplication {
    public void start(Setup setup) {
        Template<Shop> shops = setup.template("shop", new Shop());
        setup.get("/", (request, context) -> Response.text(context.fork(shops).visit(request.path())));
    }
}
class Shop {
    @Shared
    private final ConcurrentMap<String, Integer> visitors = new ConcurrentHashMap<>();
    String visit(String path) {
        visitors.merge(path, 1, Integer::sum);
        return visitors.toString();
    }
}
