class App implements HandlerApplication {
    private final List<String> words = List.of("tea", "coffee", "toast");
    public void start(Setup setup) {
        setup.get("/", (request, context) -> {
            Map<Character, List<String>> groups = words.stream().collect(Collectors.groupingBy(word -> word.charAt(0)));
            groups.get('t').add("time");
            StringJoiner joined = new StringJoiner(",");
            words.forEach(joined::add);
            return Response.text(groups + joined.toString());
        });
    }
}
