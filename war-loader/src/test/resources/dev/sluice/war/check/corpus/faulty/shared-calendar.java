// fault: shop.App.NOW
class App extends HttpServlet {
    private static final Calendar NOW = Calendar.getInstance();
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(year(request.getDateHeader("If-Modified-Since")));
    }
    static int year(long time) {
        NOW.setTimeInMillis(time); // mark
        return NOW.get(Calendar.YEAR);
    }
}
