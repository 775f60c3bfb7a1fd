// fault: shop.App.last
class App extends HttpServlet {
    private String last;
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        String path = request.getPathInfo();
        request.startAsync().start(() -> last = path); // mark
    }
}
