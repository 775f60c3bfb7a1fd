// fault: shop.App.LAST
class App extends HttpServlet {
    private static final AtomicReference<String> LAST = new AtomicReference<>("");
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(LAST.getAndSet(request.getRemoteUser())); // mark
    }
}
