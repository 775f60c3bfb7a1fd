// fault: shop.App.counting -> lambda.names
class App implements HandlerApplication {
    public void start(Setup setup) {
        setup.get("/", counting());
    }
    private static Handler counting() {
        List<String> names = new ArrayList<>();
        return (request, context) -> {
            names.add(request.path()); // mark
            return Response.text(names.toString());
        };
    }
}
