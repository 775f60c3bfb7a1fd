// fault: shop.App.start -> lambda.this
class App implements HandlerApplication {
    public void start(Setup setup) {
        Visits visits = new Visits();
        setup.get("/", visits::show);
    }
}
class Visits {
    private int count;
    Response show(Request request, HandlerContext context) {
        count++; // mark
        return Response.text("" + count);
    }
}
