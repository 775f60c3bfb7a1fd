class App implements HandlerApplication {
    public void start(Setup setup) {
        Template<Basket> template = setup.template("basket", new Basket());
        setup.get("/", (request, context) -> {
            Basket mine = context.fork(template);
            mine.add(request.path());
            return Response.text("" + mine.size());
        });
    }
}
class Basket {
    private final List<String> items = new ArrayList<>();
    private int changes;
    void add(String item) {
        items.add(item);
        changes++;
    }
    int size() {
        return items.size() + changes;
    }
}
