class App implements Filter {
    private static final ThreadLocal<String> TENANT = new ThreadLocal<>();
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        TENANT.set(request.getParameter("tenant"));
        try {
            chain.doFilter(request, response);
        } finally {
            TENANT.remove();
        }
    }
}
