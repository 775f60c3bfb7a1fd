class App extends HttpServlet {
    private static final System.Logger LOG = System.getLogger("shop");
    private static final Logger OLD = Logger.getLogger("shop");
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        LOG.log(System.Logger.Level.INFO, "request");
        OLD.info(() -> request.getRequestURI());
    }
}
