// The updater is static; what it updates is made for the request.
class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Cell cell = new Cell();
        cell.set(request.getRemoteUser());
        response.getWriter().print(cell.value);
    }
}
class Cell {
    private static final AtomicReferenceFieldUpdater<Cell, String> VALUE =
            AtomicReferenceFieldUpdater.newUpdater(Cell.class, String.class, "value");
    private static final AtomicIntegerFieldUpdater<Cell> SETS =
            AtomicIntegerFieldUpdater.newUpdater(Cell.class, "sets");
    volatile String value;
    volatile int sets;
    void set(String text) {
        VALUE.compareAndSet(this, null, text);
        SETS.incrementAndGet(this);
    }
}
