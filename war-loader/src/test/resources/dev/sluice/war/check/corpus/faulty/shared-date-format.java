// A date format keeps what it parses in a field.
// fault: shop.App.FORMAT
class App extends HttpServlet {
    private static final SimpleDateFormat FORMAT = new SimpleDateFormat("yyyy-MM-dd");
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(FORMAT.format(new Date())); // mark
    }
}
