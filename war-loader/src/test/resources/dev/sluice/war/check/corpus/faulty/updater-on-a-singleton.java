// fault: shop.App.last
class App extends HttpServlet {
    private static final AtomicReferenceFieldUpdater<App, String> UPDATER =
            AtomicReferenceFieldUpdater.newUpdater(App.class, String.class, "last");
    private volatile String last;
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        UPDATER.set(this, request.getRemoteUser()); // mark
        response.getWriter().print(last);
    }
}
