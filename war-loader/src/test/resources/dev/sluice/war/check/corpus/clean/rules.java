// Shared rules judge objects of the request.
class App implements HandlerApplication {
    private static final List<Rule> RULES = List.of(new Longer(3), text -> !text.isBlank());
    public void start(Setup setup) {
        setup.get("/{word}", (request, context) -> {
            List<String> failed = new ArrayList<>();
            for (Rule rule : RULES) {
                if (!rule.accepts(request.parameter("word"))) {
                    failed.add(rule.getClass().getSimpleName());
                }
            }
            return Response.text(failed.toString());
        });
    }
}
interface Rule {
    boolean accepts(String text);
}
class Longer implements Rule {
    private final int length;
    Longer(int length) {
        this.length = length;
    }
    public boolean accepts(String text) {
        return text.length() > length;
    }
}
