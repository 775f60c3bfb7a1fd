// The servlet knows an interface; what stands behind it counts.
// fault: shop.App.service
class App extends HttpServlet {
    private final Service service = Services.create();
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(service.greet(request.getRemoteUser()));
    }
}
interface Service {
    String greet(String name);
}
class Services {
    static Service create() {
        return new Greeter();
    }
}
class Greeter implements Service {
    private String last = "nobody";
    public String greet(String name) {
        String text = "Hello " + name + ", before you was " + last;
        last = name; // mark
        return text;
    }
}
