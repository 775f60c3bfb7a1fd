// The next request on this thread finds the tenant of the last one.
// fault: shop.Tenant.CURRENT
class App implements Filter {
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String tenant = request.getParameter("tenant");
        if (tenant != null) {
            Tenant.CURRENT.set(tenant); // mark
        }
        chain.doFilter(request, response);
    }
}
class Tenant {
    static final ThreadLocal<String> CURRENT = new ThreadLocal<>();
}
