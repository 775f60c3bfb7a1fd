// The page depends on the user, and the key of the cache does not.
// fault: shop.App.PAGES
class App extends HttpServlet {
    private static final ConcurrentMap<String, String> PAGES = new ConcurrentHashMap<>();
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String user = request.getRemoteUser();
        String page = PAGES.computeIfAbsent(request.getRequestURI(), uri -> render(uri, user)); // mark
        response.getWriter().print(page);
    }
    private static String render(String uri, String user) {
        return uri + " for " + user;
    }
}
