package dev.sluice.tck;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** HEAD has the headers of GET and no body; TRACE leaves sensitive headers out. */
@ExtendWith(ArquillianExtension.class)
class HeadAndTraceTest {

    @Deployment(testable = false)
    static WebArchive archive() {
        return Wire.war(HeadAndTraceTest.class, Plain.class);
    }

    @Test
    void headHasTheLengthButNoBody(@ArquillianResource URL base) throws Exception {
        String answer = Wire.raw(base, "HEAD", "/HeadAndTraceTest/plain");
        assertThat(Wire.status(answer)).isEqualTo(200);
        assertThat(answer).containsIgnoringCase("Content-Length: 5\r\n").endsWith("\r\n\r\n");
    }

    @Test
    void traceEchoesWithoutCredentials(@ArquillianResource URL base) throws Exception {
        String answer = Wire.raw(
                base,
                "TRACE",
                "/HeadAndTraceTest/plain",
                "X-Harmless: yes",
                "Authorization: Basic c2VjcmV0",
                "Cookie: secret=1");
        assertThat(Wire.status(answer)).isEqualTo(200);
        String body = answer.substring(answer.indexOf("\r\n\r\n"));
        assertThat(body)
                .containsIgnoringCase("x-harmless: yes")
                .doesNotContain("secret")
                .doesNotContain("c2VjcmV0");
    }

    @WebServlet("/plain")
    public static class Plain extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("hello");
        }
    }
}
