// A new object for each request, around one that all share.
// fault: shop.App.AUDIT
class App extends HttpServlet {
    private static final List<String> AUDIT = new ArrayList<>();
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Recorder recorder = new Recorder(AUDIT);
        recorder.note(request.getRequestURI());
    }
}
class Recorder {
    private final List<String> lines;
    Recorder(List<String> lines) {
        this.lines = lines;
    }
    void note(String line) {
        lines.add(line); // mark
    }
}
