// What a helper of init fills, requests only read.
class App extends HttpServlet {
    private final Map<String, Integer> prices = new HashMap<>();
    private String greeting;
    public void init() {
        load("tea", 400);
        load("coffee", 500);
        greeting = greet(getServletConfig().getInitParameter("name"));
    }
    private void load(String item, int cents) {
        prices.put(item, cents);
    }
    private static String greet(String name) {
        return "Hello " + name;
    }
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(greeting + prices.get(request.getParameter("item")));
    }
}
