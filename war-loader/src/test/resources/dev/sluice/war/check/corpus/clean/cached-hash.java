// The field is set to the same number by whoever comes first, as in String.
class App extends HttpServlet {
    private static final Key KEY = new Key("tea");
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(KEY.hashCode());
    }
}
final class Key {
    private final String name;
    private int hash;
    Key(String name) {
        this.name = name;
    }
    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = name.hashCode() * 31;
            hash = known;
        }
        return known;
    }
}
