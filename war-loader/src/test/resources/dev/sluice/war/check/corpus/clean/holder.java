class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(Catalog.instance().price("tea"));
    }
}
final class Catalog {
    private final Map<String, Integer> prices = new HashMap<>();
    private Catalog() {
        prices.put("tea", 400);
    }
    private static final class Holder {
        static final Catalog INSTANCE = new Catalog();
    }
    static Catalog instance() {
        return Holder.INSTANCE;
    }
    Integer price(String item) {
        return prices.get(item);
    }
}
