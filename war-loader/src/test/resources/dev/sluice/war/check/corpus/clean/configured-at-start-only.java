// There is a setter, and only the start calls it.
class App implements ServletContextListener {
    public void contextInitialized(ServletContextEvent event) {
        Settings.setMode(event.getServletContext().getInitParameter("mode"));
        Settings.DEFAULTS.put("a", "b");
    }
}
class Page extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(Settings.mode() + Settings.DEFAULTS.get("a"));
    }
}
class Settings {
    static final Map<String, String> DEFAULTS = new HashMap<>();
    private static String mode = "normal";
    static void setMode(String value) {
        mode = value;
    }
    static String mode() {
        return mode;
    }
}
