// A parser is made for one thread.
// fault: shop.App.builder
class App extends HttpServlet {
    private javax.xml.parsers.DocumentBuilder builder;
    public void init() throws ServletException {
        try {
            builder = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder();
        } catch (javax.xml.parsers.ParserConfigurationException e) {
            throw new ServletException(e);
        }
    }
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            response.getWriter().print(builder.parse(request.getInputStream()).getDocumentElement()); // mark
        } catch (org.xml.sax.SAXException e) {
            response.sendError(400);
        }
    }
}
