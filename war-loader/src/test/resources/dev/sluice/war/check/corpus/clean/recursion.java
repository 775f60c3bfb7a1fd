class App extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Integer> primes = new ArrayList<>();
        collect(2, 100, primes);
        response.getWriter().print(primes);
    }
    private void collect(int from, int to, List<Integer> primes) {
        if (from < to) {
            if (primes.stream().allMatch(prime -> from % prime != 0)) {
                primes.add(from);
            }
            collect(from + 1, to, primes);
        }
    }
}
