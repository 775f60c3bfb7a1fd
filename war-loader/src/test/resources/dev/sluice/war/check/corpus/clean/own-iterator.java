class App extends HttpServlet {
    private static final Range RANGE = new Range(1, 5);
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int sum = 0;
        for (int n : RANGE) {
            sum += n;
        }
        response.getWriter().print(sum);
    }
}
class Range implements Iterable<Integer> {
    private final int from;
    private final int to;
    Range(int from, int to) {
        this.from = from;
        this.to = to;
    }
    public Iterator<Integer> iterator() {
        return new Iterator<>() {
            private int at = from;
            public boolean hasNext() {
                return at < to;
            }
            public Integer next() {
                return at++;
            }
        };
    }
}
