class App implements ServletContextListener {
    public void contextInitialized(ServletContextEvent event) {
        Map<String, Integer> prices = new HashMap<>();
        prices.put("tea", 400);
        event.getServletContext().setAttribute("prices", Map.copyOf(prices));
    }
}
class Page extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<?, ?> prices = (Map<?, ?>) getServletContext().getAttribute("prices");
        response.getWriter().print(prices.get("tea"));
    }
}
