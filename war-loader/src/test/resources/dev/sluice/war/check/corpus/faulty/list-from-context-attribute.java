// fault: jakarta.servlet.ServletContext.getAttribute
class App extends HttpServlet {
    public void init() {
        getServletContext().setAttribute("guests", new ArrayList<String>());
    }
    @SuppressWarnings("unchecked")
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> guests = (List<String>) getServletContext().getAttribute("guests");
        guests.add(request.getRemoteUser()); // mark
    }
}
