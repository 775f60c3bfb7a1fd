// fault: shop.App.LIMITS
class App extends HttpServlet {
    private static final Limits LIMITS = new Limits(new int[] {10, 20});
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        LIMITS.steps()[0]--; // mark
        response.getWriter().print(LIMITS.steps()[0]);
    }
}
record Limits(int[] steps) {}
