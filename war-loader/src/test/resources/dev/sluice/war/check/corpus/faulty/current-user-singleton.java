// fault: shop.Session.INSTANCE
class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Session.instance().login(request.getRemoteUser());
        response.getWriter().print(Session.instance().user());
    }
}
final class Session {
    private static final Session INSTANCE = new Session();
    private String user;
    static Session instance() {
        return INSTANCE;
    }
    void login(String name) {
        user = name; // mark
    }
    String user() {
        return user;
    }
}
