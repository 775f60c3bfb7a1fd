class App extends HttpServlet {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy");
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(FORMAT.format(Instant.now()));
    }
}
