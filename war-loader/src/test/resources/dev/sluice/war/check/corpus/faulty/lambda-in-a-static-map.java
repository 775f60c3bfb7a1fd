// fault: shop.App.<clinit> -> lambda.calls
class App extends HttpServlet {
    private static final Map<String, Supplier<String>> ACTIONS;
    static {
        int[] calls = {0};
        Map<String, Supplier<String>> actions = new HashMap<>();
        actions.put("count", () -> "" + ++calls[0]); // mark
        ACTIONS = Map.copyOf(actions);
    }
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(ACTIONS.get("count").get());
    }
}
