package dev.sluice.tck;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** HttpServletResponse.sendRedirect of Servlet 6.1: status, clear-buffer and how the location is made. */
@ExtendWith(ArquillianExtension.class)
class RedirectTest {

    @Deployment(testable = false)
    static WebArchive archive() {
        return Wire.war(RedirectTest.class, Redirecting.class);
    }

    @Test
    void theStatusCanBeChosen(@ArquillianResource URL base) throws Exception {
        HttpResponse<String> answer = Wire.get(base, "go/status?code=308&to=/x");
        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(answer.headers().firstValue("Location")).hasValue(root(base) + "/x");
    }

    @Test
    void theBufferIsKeptOnRequest(@ArquillianResource URL base) throws Exception {
        HttpResponse<String> answer = Wire.get(base, "go/keep?to=/x");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.body()).isEqualTo("kept");
    }

    @Test
    void theBufferIsClearedByDefault(@ArquillianResource URL base) throws Exception {
        assertThat(Wire.get(base, "go/plain?to=/x").body()).doesNotContain("kept");
    }

    @Test
    void aRelativeLocationIsResolvedAgainstTheRequest(@ArquillianResource URL base) throws Exception {
        assertThat(location(Wire.get(base, "go/plain?to=other"))).isEqualTo(base + "go/other");
        assertThat(location(Wire.get(base, "go/plain?to=../other"))).isEqualTo(base + "other");
    }

    @Test
    void theQueryStringIsTakenOver(@ArquillianResource URL base) throws Exception {
        assertThat(location(Wire.get(base, "go/plain?to=/x%3Fa%3Db%2526c"))).isEqualTo(root(base) + "/x?a=b%26c");
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("none");
    }

    private static String root(URL base) {
        return base.getProtocol() + "://" + base.getAuthority();
    }

    @WebServlet("/go/*")
    public static class Redirecting extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("kept");
            String to = request.getParameter("to");
            switch (request.getPathInfo()) {
                case "/status" -> response.sendRedirect(to, Integer.parseInt(request.getParameter("code")));
                case "/keep" -> response.sendRedirect(to, false);
                default -> response.sendRedirect(to);
            }
        }
    }
}
