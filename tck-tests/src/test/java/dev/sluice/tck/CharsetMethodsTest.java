package dev.sluice.tck;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The methods of Servlet 6.1 that take a Charset. */
@ExtendWith(ArquillianExtension.class)
class CharsetMethodsTest {

    @Deployment(testable = false)
    static WebArchive archive() {
        return Wire.war(CharsetMethodsTest.class, Encoding.class);
    }

    @Test
    void theResponseIsEncodedAsSet(@ArquillianResource URL base) throws Exception {
        String answer = Wire.raw(base, "GET", "/CharsetMethodsTest/encoding?response=x");
        assertThat(answer)
                .containsIgnoringCase("Content-Type: text/plain;charset=UTF-8")
                .endsWith("\u00C3\u00A9");
    }

    @Test
    void theRequestIsDecodedAsSet(@ArquillianResource URL base) throws Exception {
        String body = "name=\u00C3\u00A9";
        String answer = Wire.text(
                base,
                "POST /CharsetMethodsTest/encoding HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body);
        assertThat(answer).endsWith("233");
    }

    @WebServlet("/encoding")
    public static class Encoding extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            response.getWriter().print("\u00E9");
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.setCharacterEncoding(StandardCharsets.UTF_8);
            response.getWriter().print((int) request.getParameter("name").charAt(0));
        }
    }
}
