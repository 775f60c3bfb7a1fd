// fault: jakarta.servlet.ServletContext.setAttribute
class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        getServletContext().setAttribute("user", request.getRemoteUser()); // mark
        response.getWriter().print(getServletContext().getAttribute("user"));
    }
}
