// Those who pass no map get the one that everybody gets.
// fault: shop.Client.DEFAULTS
class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(new Client().call(null, request.getRemoteUser()));
    }
}
class Client {
    private static final Map<String, String> DEFAULTS = new TreeMap<>();
    String call(Map<String, String> headers, String user) {
        Map<String, String> all = headers == null ? DEFAULTS : headers;
        all.put("User", user); // mark
        return all.toString();
    }
}
