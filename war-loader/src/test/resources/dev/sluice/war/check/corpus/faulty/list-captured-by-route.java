// fault: shop.App.start -> lambda.names
class App implements HandlerApplication {
    public void start(Setup setup) {
        List<String> names = new ArrayList<>();
        setup.get("/", (request, context) -> {
            names.add(request.path()); // mark
            return Response.text(names.toString());
        });
    }
}
