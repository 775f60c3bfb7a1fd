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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servlet 6.1, 3.5.2: what a path becomes before it is mapped, and what is refused. */
@ExtendWith(ArquillianExtension.class)
class PathCanonicalisationTest {

    @Deployment(testable = false)
    static WebArchive archive() {
        return Wire.war(PathCanonicalisationTest.class, Echo.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/echo/a/b, /a/b",
        "/echo/a/./b, /a/b",
        "/echo/x/../a/b, /a/b",
        "/echo/%61/b, /a/b",
        "/echo/a;v=1/b;w=2, /a/b",
        "/echo/a%20b, '/a b'",
        "/echo/%C3%A9, /\u00C3\u00A9"
    })
    void thePathIsDecodedAndNormalised(String target, String pathInfo, @ArquillianResource URL base) throws Exception {
        String answer = Wire.raw(base, "GET", "/PathCanonicalisationTest" + target);
        assertThat(Wire.status(answer)).isEqualTo(200);
        assertThat(answer).endsWith(pathInfo);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/echo/a%2Fb",
                "/echo/%2e%2e/secret",
                "/echo/%2e/a",
                "/echo/..;/secret",
                "/echo/.;a=b/x",
                "/echo/a%00b",
                "/echo/a%5Cb",
                "/echo/a%zzb",
                "/echo/%c0%ae",
                "/../../../etc/passwd"
            })
    void aSuspiciousPathIsRefused(String target, @ArquillianResource URL base) throws Exception {
        assertThat(Wire.status(Wire.raw(base, "GET", "/PathCanonicalisationTest" + target)))
                .isEqualTo(400);
    }

    @WebServlet("/echo/*")
    public static class Echo extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain;charset=UTF-8");
            response.setContentLength(-1);
            response.getWriter().print(request.getPathInfo());
        }
    }
}
