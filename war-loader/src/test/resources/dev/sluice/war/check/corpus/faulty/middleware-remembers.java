// fault: shop.Last.path
class App implements HandlerApplication {
    public void start(Setup setup) {
        setup.use(new Last());
        setup.get("/", (request, context) -> Response.text("x"));
    }
}
class Last implements Middleware {
    private String path;
    public Handler wrap(Handler next) {
        return (request, context) -> {
            context.attributes().put("before", String.valueOf(path));
            path = request.path(); // mark
            return next.handle(request, context);
        };
    }
}
