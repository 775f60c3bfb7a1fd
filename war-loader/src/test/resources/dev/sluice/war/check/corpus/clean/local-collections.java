class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> names = new ArrayList<>();
        request.getParameterMap().forEach((name, values) -> names.add(name));
        names.sort(Comparator.naturalOrder());
        Map<String, Integer> lengths = new TreeMap<>();
        names.forEach(name -> lengths.merge(name, name.length(), Integer::sum));
        response.getWriter().print(lengths);
    }
}
