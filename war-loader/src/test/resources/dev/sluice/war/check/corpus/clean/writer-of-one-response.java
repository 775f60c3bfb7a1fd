class App implements HandlerApplication {
    public void start(Setup setup) {
        setup.post("/digest", App::digest);
        setup.get("/log", (request, context) -> {
            StringBuilder seen = new StringBuilder();
            context.onFinish((status, failure) -> seen.append(status));
            return Response.events(sink -> {
                seen.append("sent");
                sink.send(seen.toString());
            });
        });
    }
    static Response digest(Request request, HandlerContext context) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        InputStream in = request.body().stream();
        return Response.writer("application/octet-stream", out -> {
            byte[] buffer = new byte[8192];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                digest.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
        }).withTrailers(() -> Headers.of("Digest", HexFormat.of().formatHex(digest.digest())));
    }
}
