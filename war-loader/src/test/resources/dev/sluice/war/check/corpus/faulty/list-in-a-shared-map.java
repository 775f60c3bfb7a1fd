// The map never changes after start, but the lists in it do.
// fault: shop.App.BASKETS
class App extends HttpServlet {
    private static final Map<String, List<String>> BASKETS = Map.of("a", new ArrayList<>(), "b", new ArrayList<>());
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> basket = BASKETS.get(request.getParameter("basket"));
        basket.add(request.getParameter("item")); // mark
        response.getWriter().print(basket.size());
    }
}
