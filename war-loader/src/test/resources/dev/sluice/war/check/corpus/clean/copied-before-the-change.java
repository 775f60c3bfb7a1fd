class App extends HttpServlet {
    private static final List<String> NAMES = List.of("tea", "coffee");
    private static final int[] WEIGHTS = {3, 1, 2};
    private static final Map<String, String> HEADERS = new TreeMap<>(Map.of("a", "b"));
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> mine = new ArrayList<>(NAMES);
        mine.add("milk");
        int[] sorted = WEIGHTS.clone();
        Arrays.sort(sorted);
        Map<String, String> headers = new HashMap<>();
        headers.putAll(HEADERS);
        headers.put("user", request.getRemoteUser());
        List<String> other = NAMES.stream().sorted().collect(Collectors.toList());
        other.add("water");
        response.getWriter().print(mine + Arrays.toString(sorted) + headers + other);
    }
}
