class App extends HttpServlet {
    private static final ConcurrentMap<String, Pattern> PATTERNS = new ConcurrentHashMap<>();
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Pattern pattern = PATTERNS.computeIfAbsent(request.getParameter("pattern"), Pattern::compile);
        response.getWriter().print(pattern.matcher("tea").find());
    }
}
