class App extends HttpServlet {
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        StringBuilder text = new StringBuilder();
        AsyncContext async = request.startAsync();
        ServletInputStream in = request.getInputStream();
        List<String> steps = new ArrayList<>();
        request.setAttribute("step", (Consumer<String>) steps::add);
        response.setTrailerFields(() -> {
            text.append("end");
            return Map.of("Length", String.valueOf(text.length()));
        });
        in.setReadListener(new ReadListener() {
            private int read;
            public void onDataAvailable() throws IOException {
                while (in.isReady() && in.read() >= 0) {
                    read++;
                }
            }
            public void onAllDataRead() {
                text.append(read);
                async.complete();
            }
            public void onError(Throwable failure) {}
        });
        async.start(() -> text.append("started"));
    }
}
