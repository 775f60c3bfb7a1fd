// Sorts the list that everybody reads.
// fault: shop.App.offers
class App extends HttpServlet {
    private List<String> offers;
    public void init() {
        offers = new ArrayList<>(List.of("tea", "coffee"));
    }
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean down = request.getParameter("down") != null;
        offers.sort(down ? Comparator.reverseOrder() : Comparator.naturalOrder()); // mark
        response.getWriter().print(offers);
    }
}
