class App extends HttpServlet {
    private static final AtomicLong REQUESTS = new AtomicLong();
    private final LongAdder bytes = new LongAdder();
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        REQUESTS.incrementAndGet();
        bytes.add(request.getContentLengthLong());
        response.getWriter().print(REQUESTS.get() + " " + bytes.sum());
    }
}
