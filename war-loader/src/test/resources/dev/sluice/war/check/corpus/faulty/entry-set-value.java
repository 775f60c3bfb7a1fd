// fault: shop.App.PRICES
class App extends HttpServlet {
    private static final Map<String, Integer> PRICES = new HashMap<>(Map.of("tea", 400));
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        for (Map.Entry<String, Integer> entry : PRICES.entrySet()) {
            if (request.getParameter("sale") != null) {
                entry.setValue(entry.getValue() / 2); // mark
            }
        }
        response.getWriter().print(PRICES);
    }
}
