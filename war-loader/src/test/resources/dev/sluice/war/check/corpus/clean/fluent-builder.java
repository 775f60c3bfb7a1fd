class App extends HttpServlet {
    private static final Mail DEFAULT = Mail.builder().to("nobody").build();
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Mail mail = DEFAULT.change().to(request.getParameter("to")).build();
        response.getWriter().print(mail);
    }
}
final class Mail {
    private final List<String> to;
    private Mail(List<String> to) {
        this.to = List.copyOf(to);
    }
    static Builder builder() {
        return new Builder();
    }
    Builder change() {
        Builder builder = new Builder();
        to.forEach(builder::to);
        return builder;
    }
    static final class Builder {
        private final List<String> to = new ArrayList<>();
        Builder to(String address) {
            to.add(address);
            return this;
        }
        Mail build() {
            return new Mail(to);
        }
    }
}
