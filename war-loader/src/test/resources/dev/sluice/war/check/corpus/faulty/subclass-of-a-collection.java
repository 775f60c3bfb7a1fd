// fault: shop.App.RECENT
class App extends HttpServlet {
    private static final Recent RECENT = new Recent();
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RECENT.put(request.getRequestURI(), request.getRemoteUser()); // mark
        response.getWriter().print(RECENT.keySet());
    }
}
class Recent extends LinkedHashMap<String, String> {
    protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
        return size() > 10;
    }
}
