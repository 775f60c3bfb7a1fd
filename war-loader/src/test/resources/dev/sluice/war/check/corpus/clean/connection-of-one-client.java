class App implements HandlerApplication {
    public void start(Setup setup) {
        setup.get("/chat", (request, context) -> {
            List<String> said = new ArrayList<>();
            return Response.webSocket(new WebSocketListener() {
                public void onText(WebSocketConnection connection, String message) throws IOException {
                    said.add(message);
                    connection.send(said.size() + " messages");
                }
            });
        });
    }
}
