// The fork of one request is used by the next.
// fault: shop.App.mine
class App implements HandlerApplication {
    private List<String> mine;
    public void start(Setup setup) {
        Template<List<String>> names = setup.template("names", new ArrayList<String>());
        setup.get("/", (request, context) -> {
            if (mine == null) {
                mine = context.fork(names); // mark
            }
            mine.add(request.path());
            return Response.text(mine.toString());
        });
    }
}
