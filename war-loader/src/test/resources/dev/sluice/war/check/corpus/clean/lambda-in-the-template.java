// The lambda's variable is copied with the template.
class App implements HandlerApplication {
    public void start(Setup setup) {
        int[] count = {0};
        Counter counter = new Counter(() -> ++count[0]);
        Template<Counter> template = setup.template("counter", counter);
        setup.get("/", (request, context) -> Response.text("" + context.fork(template).next.getAsInt()));
    }
}
class Counter {
    final IntSupplier next;
    Counter(IntSupplier next) {
        this.next = next;
    }
}
