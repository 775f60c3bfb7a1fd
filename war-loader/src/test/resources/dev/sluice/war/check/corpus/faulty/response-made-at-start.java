// fault: shop.App.start -> lambda.sent
class App implements HandlerApplication {
    public void start(Setup setup) {
        List<String> sent = new ArrayList<>();
        Response page = Response.writer("text/plain", out -> {
            sent.add("once more"); // mark
            out.write(sent.size());
        }).withHeader("X", "y");
        setup.get("/", (request, context) -> page);
    }
}
