// fault: shop.App.sent
class App implements HandlerApplication {
    static final List<String> sent = new ArrayList<>();
    public void start(Setup setup) {
        setup.get("/", (request, context) -> Response.writer("text/plain", out -> {
            sent.add(request.path()); // mark
            out.write(1);
        }));
    }
}
