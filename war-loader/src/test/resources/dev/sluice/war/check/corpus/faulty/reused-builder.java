// A builder that is emptied and used again, to save its allocation.
// fault: shop.App.line
class App extends HttpServlet {
    private final StringBuilder line = new StringBuilder();
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        line.setLength(0); // mark
        line.append(request.getRequestURI());
        response.getWriter().print(line);
    }
}
