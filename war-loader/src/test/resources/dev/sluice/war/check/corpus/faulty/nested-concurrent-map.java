// Each map is safe for threads; what they hold is seen by everybody.
// fault: shop.App.BY_CITY
class App extends HttpServlet {
    private static final ConcurrentMap<String, List<String>> BY_CITY = new ConcurrentHashMap<>();
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        BY_CITY.computeIfAbsent(request.getParameter("city"), city -> new ArrayList<>())
                .add(request.getRemoteUser()); // mark
    }
}
