class App implements HandlerApplication {
    private static final Offer OFFER = new Offer("tea", new Price(400));
    public void start(Setup setup) {
        setup.get("/", (request, context) -> Response.text(OFFER.cheaper(10).toString()));
    }
}
record Price(int cents) {}
record Offer(String name, Price price) {
    Offer cheaper(int percent) {
        return new Offer(name, new Price(price.cents() * (100 - percent) / 100));
    }
}
