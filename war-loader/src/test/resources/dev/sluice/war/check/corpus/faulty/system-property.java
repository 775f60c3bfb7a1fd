// fault: java.lang.System.setProperty
class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        System.setProperty("shop.locale", request.getLocale().toString()); // mark
    }
}
