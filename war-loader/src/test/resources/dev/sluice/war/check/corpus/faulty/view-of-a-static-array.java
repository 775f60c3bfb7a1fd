// Arrays.asList writes through.
// fault: shop.App.DECK
class App extends HttpServlet {
    private static final Integer[] DECK = {1, 2, 3, 4};
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Integer> cards = Arrays.asList(DECK);
        Collections.shuffle(cards); // mark
        response.getWriter().print(cards);
    }
}
