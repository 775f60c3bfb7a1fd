// fault: shop.Mode.visits
class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(Mode.PLAIN.visit());
    }
}
enum Mode {
    PLAIN;
    private int visits;
    int visit() {
        return ++visits; // mark
    }
}
