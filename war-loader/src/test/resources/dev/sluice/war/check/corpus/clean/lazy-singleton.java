class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(Catalog.instance().price("tea"));
    }
}
final class Catalog {
    private static volatile Catalog instance;
    private final Map<String, Integer> prices = new HashMap<>();
    private Catalog() {
        prices.put("tea", 400);
    }
    static Catalog instance() {
        Catalog found = instance;
        if (found == null) {
            synchronized (Catalog.class) {
                found = instance;
                if (found == null) {
                    found = new Catalog();
                    instance = found;
                }
            }
        }
        return found;
    }
    Integer price(String item) {
        return prices.get(item);
    }
}
