// fault: shop.Config.mode
class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getParameter("debug") != null) {
            Config.setMode("debug");
        }
    }
}
class Config {
    private static String mode = "normal";
    static void setMode(String value) {
        mode = value; // mark
    }
    static String mode() {
        return mode;
    }
}
