class App extends HttpServlet {
    @Shared
    private static final ConcurrentMap<String, String> STORE = new ConcurrentHashMap<>();
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        STORE.put(request.getParameter("key"), request.getParameter("value"));
        response.getWriter().print(STORE.size());
    }
}
