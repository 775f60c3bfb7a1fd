class App extends HttpServlet {
    private static final Map<String, Integer> PRICES = Map.of("tea", 400);
    private static final List<String> NAMES = List.of("tea");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Duration LIMIT = Duration.ofSeconds(3);
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (WORD.matcher(request.getParameter("item")).matches()) {
            response.getWriter().print(PRICES.get(NAMES.get(0)) + " " + LIMIT);
        }
    }
}
