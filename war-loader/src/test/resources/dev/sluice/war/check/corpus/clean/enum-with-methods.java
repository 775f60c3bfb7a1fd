class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Color color = Color.valueOf(request.getParameter("color"));
        switch (color) {
            case RED -> response.getWriter().print(color.code());
            default -> response.getWriter().print(Color.values().length);
        }
    }
}
enum Color {
    RED("f00"),
    GREEN("0f0");
    private final String code;
    Color(String code) {
        this.code = code;
    }
    String code() {
        return code;
    }
}
