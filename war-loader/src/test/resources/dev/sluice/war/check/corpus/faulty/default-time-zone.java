// The time zone of one visitor becomes that of the whole server.
// fault: java.util.TimeZone.setDefault
class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        TimeZone.setDefault(TimeZone.getTimeZone(request.getParameter("zone"))); // mark
        response.getWriter().print(new Date());
    }
}
