class App extends HttpServlet {
    private List<String> names;
    public void init() {
        names = new ArrayList<>(List.of("tea"));
    }
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(names.contains(request.getParameter("name")));
    }
    public void destroy() {
        names.clear();
        names = null;
    }
}
