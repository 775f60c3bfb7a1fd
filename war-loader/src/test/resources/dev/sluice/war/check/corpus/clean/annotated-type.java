class App extends HttpServlet {
    private final Inventory inventory = new Inventory();
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        inventory.take(request.getParameter("item"));
    }
}
@Shared
class Inventory {
    private final Map<String, Integer> amounts = new HashMap<>();
    synchronized void take(String item) {
        amounts.merge(item, -1, Integer::sum);
    }
}
