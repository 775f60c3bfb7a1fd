// A job replaces what handlers are about to read in two steps.
// fault: shop.App.news
class App implements HandlerApplication {
    private final List<String> news = new ArrayList<>();
    public void start(Setup setup) {
        setup.schedule("news", Duration.ofMinutes(1), context -> reload());
        setup.get("/", (request, context) -> Response.text(String.join("\n", news)));
    }
    private void reload() {
        news.clear(); // mark
        news.add("nothing new");
    }
}
