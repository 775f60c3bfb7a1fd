package dev.sluice.tck;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import java.util.Random;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However a path is spelt, what a constraint protects is not given away: the constraint and the mapping see the same
 * canonical path (Servlet 6.1, 3.5.2 and 13.8). After CVE-2024-1459, CVE-2026-43515 and CVE-2026-55956.
 */
@ExtendWith(ArquillianExtension.class)
class ConstraintPathsTest {
    private static final String SECRET = "the secret";
    private static final int ROUNDS = 1500;
    private static final String[] PARTS = {
        "secret",
        "file.txt",
        "secret",
        "file.txt",
        "SECRET",
        "open",
        ".",
        "..",
        "",
        "%2e",
        "%2e%2e",
        ";x=1",
        ";",
        "..;",
        "..;x",
        "%73ecret",
        "file%2etxt",
        "secret%2ffile.txt",
        "%5c",
        "\\",
        "%00",
        "file.txt%00",
        "file.txt.",
        "file.txt%20",
        "file.txt;",
        "secret;jsessionid=1",
        "%252e%252e",
        "%c0%ae",
        "index.html",
        "servlet",
        "servlet/info",
    };

    @Deployment(testable = false)
    static WebArchive archive() {
        return Wire.war(ConstraintPathsTest.class, Secret.class)
                .addAsWebResource(new StringAsset(SECRET), "secret/file.txt")
                .addAsWebResource(new StringAsset(SECRET), "secret/index.html")
                .addAsWebResource(new StringAsset(SECRET), "methods.txt")
                .addAsWebResource(new StringAsset("not secret"), "open/file.txt")
                .setWebXML(new StringAsset("""
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                  <security-constraint>
                    <web-resource-collection>
                      <web-resource-name>all methods</web-resource-name>
                      <url-pattern>/secret/*</url-pattern>
                    </web-resource-collection>
                    <auth-constraint><role-name>boss</role-name></auth-constraint>
                  </security-constraint>
                  <security-constraint>
                    <web-resource-collection>
                      <web-resource-name>the first collection</web-resource-name>
                      <url-pattern>/methods.txt</url-pattern>
                      <http-method>POST</http-method>
                    </web-resource-collection>
                    <web-resource-collection>
                      <web-resource-name>the second collection</web-resource-name>
                      <url-pattern>/methods.txt</url-pattern>
                      <http-method>GET</http-method>
                      <http-method>HEAD</http-method>
                    </web-resource-collection>
                    <auth-constraint><role-name>boss</role-name></auth-constraint>
                  </security-constraint>
                  <login-config><auth-method>BASIC</auth-method></login-config>
                  <security-role><role-name>boss</role-name></security-role>
                </web-app>
                """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret/file.txt",
                "secret//file.txt",
                "/secret/file.txt",
                "./secret/./file.txt",
                "open/../secret/file.txt",
                "secret;x/file.txt;y=1",
                "%73ecret/file.tx%74",
                "secret/",
                "secret",
                "secret/servlet",
                "secret/servlet/info",
                "secret/servlet;x=1/info?q",
            })
    void everySpellingIsAskedWho(String path, @ArquillianResource URL base) throws Exception {
        String answer = Wire.raw(base, "GET", "/ConstraintPathsTest/" + path);

        assertThat(Wire.status(answer)).as(answer).isEqualTo(401);
    }

    @Test
    void noSpellingGivesItAway(@ArquillianResource URL base) throws Exception {
        long seed = System.nanoTime();
        System.out.println("ConstraintPathsTest seed " + seed);
        Random random = new Random(seed);
        int asked = 0;
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder target =
                    new StringBuilder(random.nextInt(10) == 0 ? "//" : "/").append("ConstraintPathsTest");
            for (int parts = 1 + random.nextInt(5); parts > 0; parts--) {
                target.append('/').append(PARTS[random.nextInt(PARTS.length)]);
            }
            String answer = Wire.raw(base, "GET", target.toString());
            assertThat(answer).as("seed %s: %s", seed, target).doesNotContain(SECRET);
            assertThat(Wire.status(answer)).as("seed %s: %s", seed, target).isIn(200, 302, 400, 401, 404);
            asked += Wire.status(answer) == 401 ? 1 : 0;
        }
        assertThat(asked).as("requests that reached the constraint").isGreaterThan(ROUNDS / 50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST"})
    void everyCollectionOfAConstraintCountsForTheDefaultServlet(String method, @ArquillianResource URL base)
            throws Exception {
        assertThat(Wire.status(Wire.raw(base, method, "/ConstraintPathsTest/methods.txt")))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "Get", "GETX", "HEAD ", "TRACE", "OPTIONS", "DELETE"})
    void noOtherMethodReadsTheFile(String method, @ArquillianResource URL base) throws Exception {
        assertThat(Wire.raw(base, method, "/ConstraintPathsTest/methods.txt")).doesNotContain(SECRET);
    }

    @WebServlet("/secret/servlet/*")
    public static class Secret extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(SECRET);
        }
    }
}
