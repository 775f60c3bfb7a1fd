// fault: shop.App.start -> lambda.peers
class App implements HandlerApplication {
    public void start(Setup setup) {
        Set<String> peers = new HashSet<>();
        setup.post("/join/{name}", (request, context) -> {
            String name = request.parameter("name");
            return peers.add(name) ? Response.text("welcome") : Response.text("taken"); // mark
        });
        setup.get("/peers", (request, context) -> Response.text(String.join(",", peers)));
    }
}
