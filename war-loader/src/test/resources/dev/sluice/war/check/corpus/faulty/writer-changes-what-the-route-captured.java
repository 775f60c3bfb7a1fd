// fault: shop.App.start -> lambda.sent
class App implements HandlerApplication {
    public void start(Setup setup) {
        List<String> sent = new ArrayList<>();
        setup.get("/", (request, context) -> Response.text("x").withTrailers(() -> {
            sent.add(request.path()); // mark
            return Headers.empty();
        }));
    }
}
