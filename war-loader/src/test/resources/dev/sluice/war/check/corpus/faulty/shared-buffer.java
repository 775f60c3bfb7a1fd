// fault: shop.App.buffer
class App extends HttpServlet {
    private final byte[] buffer = new byte[8192];
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        InputStream in = request.getInputStream();
        int count;
        while ((count = in.read(buffer)) > 0) { // mark
            response.getOutputStream().write(buffer, 0, count);
        }
    }
}
