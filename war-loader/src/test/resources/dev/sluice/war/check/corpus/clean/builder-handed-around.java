class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        StringBuilder page = new StringBuilder();
        head(page, request.getRequestURI());
        new Table(page).row("tea").row("coffee");
        response.getWriter().print(page);
    }
    private static void head(StringBuilder page, String title) {
        page.append("<h1>").append(title).append("</h1>");
    }
}
class Table {
    private final StringBuilder out;
    private int rows;
    Table(StringBuilder out) {
        this.out = out;
    }
    Table row(String text) {
        out.append(++rows).append(text);
        return this;
    }
}
