// fault: shop.Tokens.digest
class App extends HttpServlet {
    private final Tokens tokens = new Tokens();
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(tokens.of(request.getRemoteUser()).length);
    }
}
class Tokens {
    private static final MessageDigest digest = digest();
    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
    byte[] of(String text) {
        return digest.digest(text.getBytes(StandardCharsets.UTF_8)); // mark
    }
}
