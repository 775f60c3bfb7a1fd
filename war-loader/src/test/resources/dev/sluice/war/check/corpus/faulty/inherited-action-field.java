// A base class for actions has the field, as in web frameworks of old.
// fault: shop.Action.form
class App extends Action {
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        read(request);
        response.getWriter().print(form);
    }
}
abstract class Action extends HttpServlet {
    protected Map<String, String[]> form;
    void read(HttpServletRequest request) {
        form = request.getParameterMap(); // mark
    }
}
