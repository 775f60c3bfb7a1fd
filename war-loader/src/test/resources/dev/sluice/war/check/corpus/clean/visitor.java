class App extends HttpServlet {
    private static final Node TREE = new Node("root", List.of(new Node("leaf", List.of())));
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Names names = new Names();
        TREE.accept(names);
        response.getWriter().print(names.all);
    }
}
class Node {
    final String name;
    final List<Node> children;
    Node(String name, List<Node> children) {
        this.name = name;
        this.children = children;
    }
    void accept(Names names) {
        names.visit(this);
        for (Node child : children) {
            child.accept(names);
        }
    }
}
class Names {
    final List<String> all = new ArrayList<>();
    void visit(Node node) {
        all.add(node.name);
    }
}
