// fault: shop.App.servers
class App extends HttpServlet {
    private static Iterator<String> servers = List.of("a", "b").iterator();
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendRedirect("//" + servers.next()); // mark
    }
}
