// Every request adds to a list that nobody empties.
// fault: shop.Order.ALL
class App extends HttpServlet {
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(new Order(request.getParameter("item")).number);
    }
}
class Order {
    private static final List<Order> ALL = new ArrayList<>();
    final String item;
    final int number;
    Order(String item) {
        this.item = item;
        ALL.add(this); // mark
        this.number = ALL.size();
    }
}
