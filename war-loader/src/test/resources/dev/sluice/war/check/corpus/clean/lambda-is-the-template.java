class App implements HandlerApplication {
    public void start(Setup setup) {
        List<String> seen = new ArrayList<>();
        Function<String, Integer> visit = path -> {
            seen.add(path);
            return seen.size();
        };
        Template<Function<String, Integer>> template = setup.template("visit", visit);
        setup.get("/", (request, context) -> Response.text("" + context.fork(template).apply(request.path())));
    }
}
