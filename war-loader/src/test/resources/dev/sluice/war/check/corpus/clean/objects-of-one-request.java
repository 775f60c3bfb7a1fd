class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Order order = new Order();
        order.add(request.getParameter("item"));
        order.lines.get(0).amount++;
        request.setAttribute("order", order);
        response.getWriter().print(order.total());
    }
}
class Order {
    final List<Line> lines = new ArrayList<>();
    void add(String item) {
        lines.add(new Line(item));
    }
    int total() {
        return lines.stream().mapToInt(line -> line.amount).sum();
    }
}
class Line {
    final String item;
    int amount = 1;
    Line(String item) {
        this.item = item;
    }
}
