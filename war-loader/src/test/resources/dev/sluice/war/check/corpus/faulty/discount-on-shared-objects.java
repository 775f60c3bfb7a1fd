// The list is immutable, its elements are not.
// fault: shop.App.offers
class App implements HandlerApplication {
    private final List<Offer> offers = List.of(new Offer(400), new Offer(500));
    public void start(Setup setup) {
        setup.get("/", (request, context) -> {
            offers.stream().filter(offer -> offer.cents > 100).forEach(offer -> offer.discount(10));
            return Response.text("" + offers.get(0).cents);
        });
    }
}
class Offer {
    int cents;
    Offer(int cents) {
        this.cents = cents;
    }
    void discount(int percent) {
        cents -= cents * percent / 100; // mark
    }
}
