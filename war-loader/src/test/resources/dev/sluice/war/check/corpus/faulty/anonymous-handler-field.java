// fault: shop.App$1.calls
class App implements HandlerApplication {
    public void start(Setup setup) {
        setup.get("/", new Handler() {
            private int calls;
            public Response handle(Request request, HandlerContext context) {
                calls++; // mark
                return Response.text("" + calls);
            }
        });
    }
}
