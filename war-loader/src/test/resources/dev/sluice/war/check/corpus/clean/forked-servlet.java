@ForkedPerRequest
class App extends HttpServlet {
    private final Map<String, Integer> cents = new HashMap<>();
    private int lookups;
    public void init() {
        cents.put("tea", 400);
    }
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        lookups++;
        cents.merge("tea", -1, Integer::sum);
        response.getWriter().print(cents + " " + lookups);
    }
}
