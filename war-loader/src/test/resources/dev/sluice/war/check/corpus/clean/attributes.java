class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> trail = new ArrayList<>();
        trail.add(request.getRequestURI());
        request.setAttribute("trail", trail);
        response.setHeader("X-Trail", "" + trail.size());
        response.getWriter().print(getServletContext().getInitParameter("name"));
    }
}
