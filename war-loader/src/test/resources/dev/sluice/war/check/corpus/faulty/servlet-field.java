// The caller of one request is the caller of the next.
// fault: shop.App.user
class App extends HttpServlet {
    private String user;
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        user = request.getParameter("user"); // mark
        greet(response);
    }
    private void greet(HttpServletResponse response) throws IOException {
        response.getWriter().print("Hello " + user);
    }
}
