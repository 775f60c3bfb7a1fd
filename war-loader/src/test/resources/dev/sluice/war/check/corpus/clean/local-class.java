class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        class Sum implements Consumer<String> {
            int length;
            public void accept(String text) {
                length += text.length();
            }
        }
        Sum sum = new Sum();
        List.of("a", "bc").forEach(sum);
        response.getWriter().print(sum.length);
    }
}
