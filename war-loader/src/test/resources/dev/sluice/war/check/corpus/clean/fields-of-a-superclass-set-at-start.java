abstract class Base extends HttpServlet {
    protected Map<String, String> settings;
    public void init() throws ServletException {
        settings = new HashMap<>();
        settings.put("name", getServletConfig().getInitParameter("name"));
        prepare();
    }
    protected abstract void prepare();
}
class App extends Base {
    private int limit;
    protected void prepare() {
        limit = Integer.parseInt(settings.getOrDefault("limit", "3"));
    }
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(settings.get("name") + limit);
    }
}
