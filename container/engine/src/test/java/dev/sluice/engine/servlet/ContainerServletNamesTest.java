package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.descriptor.ServletDescriptor;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A web.xml that declares Tomcat's default servlet and JSP servlet by their classes, as its conf/web.xml does, gets the container's. */
class ContainerServletNamesTest {

    private static ServletDescriptor servlet(
            String name, String type, Map<String, String> parameters, String... patterns) {
        return new ServletDescriptor(
                name, type, null, parameters, 1, false, true, List.of(patterns), Map.of(), null, null);
    }

    @Test
    void theDefaultServlet() {
        try (TestWebApp app = TestWebApp.builder()
                .file("/dir/a.txt", "text")
                .file("/index.html", "welcome")
                .descriptor(builder -> builder.servlets(List.of(
                        servlet(
                                "default",
                                "org.apache.catalina.servlets.DefaultServlet",
                                Map.of("debug", "0", "listings", "true", "readonly", "false"),
                                "/"),
                        servlet("files", "org.apache.catalina.servlets.DefaultServlet", Map.of(), "/dir/*"))))
                .start()) {
            assertThat(app.get("/app/").body()).isEqualTo("welcome");
            assertThat(app.get("/app/dir/a.txt").body()).isEqualTo("text");
            assertThat(app.get("/app/dir/").status()).isEqualTo(404); // of the servlet "files", without listings
            assertThat(app.get("/app/none.txt").status()).isEqualTo(404);
            assertThat(app.send("PUT /app/dir/a.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
                            .status())
                    .isEqualTo(405);
        }
    }

    @Test
    void theJspServletWithItsParameters() {
        JspSupport pages = new JspSupport() {
            @Override
            public List<String> urlPatterns() {
                return List.of("*.jsp");
            }

            @Override
            public Servlet createServlet() {
                return new HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void service(HttpServletRequest request, HttpServletResponse response)
                            throws IOException {
                        response.getWriter()
                                .print(request.getServletPath() + " " + getInitParameter("fork") + " "
                                        + getInitParameter("trimSpaces"));
                    }
                };
            }

            @Override
            public Map<String, String> initParameters(@Nullable String jspFile) {
                return Map.of("fork", "false", "trimSpaces", "false");
            }

            @Override
            public void start(ServletContext context) {}
        };
        try (TestWebApp app = TestWebApp.builder()
                .environment(builder -> builder.jsp(pages))
                .descriptor(builder -> builder.servlets(List.of(servlet(
                        "pages",
                        "org.apache.jasper.servlet.JspServlet",
                        Map.of("trimSpaces", "true"),
                        "*.html",
                        "/x.page"))))
                .start()) {
            assertThat(app.get("/app/a.html").body()).isEqualTo("/a.html false true");
            assertThat(app.get("/app/x.page").body()).isEqualTo("/x.page false true");
            assertThat(app.get("/app/a.jsp").body()).isEqualTo("/a.jsp false false");
        }
    }
}
