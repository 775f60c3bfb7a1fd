class App implements ServletContextListener {
    public void contextInitialized(ServletContextEvent event) {
        List<String> names = new ArrayList<>();
        names.add("tea");
        Templates.of(event.getServletContext()).publish("names", names);
    }
}
class Page extends HttpServlet {
    private Template<List<String>> names;
    @SuppressWarnings({"unchecked", "rawtypes"})
    public void init() {
        names = (Template) Templates.of(getServletContext()).template("names", List.class);
    }
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> mine = HandlerContext.of(request).fork(names);
        mine.add(request.getRequestURI());
        response.getWriter().print(mine);
    }
}
