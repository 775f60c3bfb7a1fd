// fault: shop.App.served
class App implements HandlerApplication {
    private int served;
    public void start(Setup setup) {
        setup.get("/", new Page());
    }
    private final class Page implements Handler {
        public Response handle(Request request, HandlerContext context) {
            served++; // mark
            return Response.text("" + served);
        }
    }
}
