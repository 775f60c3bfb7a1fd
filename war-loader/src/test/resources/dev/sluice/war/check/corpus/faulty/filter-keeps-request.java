// fault: shop.App.current
class App implements Filter {
    private ServletRequest current;
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        current = request; // mark
        chain.doFilter(request, response);
    }
}
