// The list is copied, its elements are not.
// fault: shop.App.DEFAULTS
class App extends HttpServlet {
    private static final List<Setting> DEFAULTS = List.of(new Setting("color"));
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Setting> mine = new ArrayList<>(DEFAULTS);
        for (Setting setting : mine) {
            setting.value = request.getParameter(setting.name); // mark
        }
    }
}
class Setting {
    final String name;
    String value;
    Setting(String name) {
        this.name = name;
    }
}
