package dev.sluice.tck;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Session fixation: whoever plants a session id before a login has nothing after it, whatever the mechanism
 * (Servlet 6.1, 7.3 and 13.6). CLIENT-CERT is tested with the distribution, which has TLS.
 */
@ExtendWith(ArquillianExtension.class)
class SessionIdAtLoginTest {

    @Deployment(name = "basic", testable = false)
    static WebArchive basic() {
        return archive("BASIC");
    }

    @Deployment(name = "digest", testable = false)
    static WebArchive digest() {
        return archive("DIGEST");
    }

    @Deployment(name = "form", testable = false)
    static WebArchive form() {
        return archive("FORM");
    }

    private static WebArchive archive(String method) {
        String pages = method.equals("FORM")
                ? "<form-login-config><form-login-page>/login.html</form-login-page>"
                        + "<form-error-page>/error.html</form-error-page></form-login-config>"
                : "";
        return ShrinkWrap.create(WebArchive.class, "login-" + method + ".war")
                .addClasses(Planted.class, Secured.class, ByProgram.class)
                .addAsWebResource(new StringAsset("login"), "login.html")
                .addAsWebResource(new StringAsset("error"), "error.html")
                .setWebXML(new StringAsset("""
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                  <login-config><auth-method>%s</auth-method><realm-name>conformance</realm-name>%s</login-config>
                </web-app>
                """.formatted(method, pages)));
    }

    private static String planted(URL base) throws IOException {
        String id = cookie(Wire.raw(base, "GET", base.getPath() + "planted"));
        assertThat(id).isNotEmpty();
        return id;
    }

    private static String cookie(String answer) {
        return answer.contains("Set-Cookie: JSESSIONID=")
                ? answer.replaceAll("(?s).*Set-Cookie: JSESSIONID=([^;\r]*).*", "$1")
                : "";
    }

    private static String get(URL base, String path, String id, String... headers) throws IOException {
        String[] lines = new String[headers.length + 1];
        lines[0] = "Cookie: JSESSIONID=" + id;
        System.arraycopy(headers, 0, lines, 1, headers.length);
        return Wire.raw(base, "GET", base.getPath() + path, lines);
    }

    /** The attribute moved on to a new id, and the old id is the id of nothing. */
    private static void assertMoved(URL base, String planted, String answer) throws IOException {
        String id = cookie(answer);
        assertThat(id).as(answer).isNotEmpty().isNotEqualTo(planted);
        assertThat(get(base, "planted?peek", id)).contains("planted=yes");
        assertThat(get(base, "planted?peek", planted)).contains("planted=null");
    }

    private static String basicOf(String user) {
        String credentials = user + ":" + user + " secret";
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void basic(@ArquillianResource @OperateOnDeployment("basic") URL base) throws Exception {
        String planted = planted(base);

        String answer = get(base, "secured", planted, basicOf("ann"));

        assertThat(answer).contains("user=ann");
        assertMoved(base, planted, answer);
        String again = get(base, "secured", cookie(answer), basicOf("ann"));
        assertThat(cookie(again)).as("the same user keeps the id").isEmpty();
    }

    @Test
    void digest(@ArquillianResource @OperateOnDeployment("digest") URL base) throws Exception {
        String planted = planted(base);
        String challenge = get(base, "secured", planted).replaceAll("(?s).*WWW-Authenticate: ([^\r]*).*", "$1");
        String authorization = new Digest(challenge).answer("ann", "ann secret", base.getPath() + "secured", 1);

        String answer = get(base, "secured", planted, "Authorization: " + authorization);

        assertThat(answer).contains("user=ann");
        assertMoved(base, planted, answer);
    }

    @Test
    void form(@ArquillianResource @OperateOnDeployment("form") URL base) throws Exception {
        String planted = planted(base);
        assertThat(get(base, "secured", planted)).endsWith("login");
        String body = "j_username=ann&j_password=ann+secret";

        String answer = Wire.text(
                base,
                "POST " + base.getPath() + "j_security_check HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Cookie: JSESSIONID=" + planted + "\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body);

        assertThat(Wire.status(answer)).isIn(302, 303);
        assertMoved(base, planted, answer);
        assertThat(get(base, "secured", planted))
                .as("the old id is not logged in")
                .endsWith("login");
        assertThat(get(base, "secured", cookie(answer))).contains("user=ann");
    }

    @Test
    void loginByTheProgram(@ArquillianResource @OperateOnDeployment("basic") URL base) throws Exception {
        String planted = planted(base);

        String answer = get(base, "program", planted);

        assertThat(answer).contains("user=ann");
        assertMoved(base, planted, answer);
    }

    @Test
    void anotherUserGetsAnotherId(@ArquillianResource @OperateOnDeployment("basic") URL base) throws Exception {
        String ofAnn = cookie(get(base, "secured", planted(base), basicOf("ann")));

        String answer = get(base, "secured", ofAnn, basicOf("bob"));

        assertThat(answer).contains("user=bob");
        assertThat(cookie(answer)).isNotEmpty().isNotEqualTo(ofAnn);
    }

    @Test
    void anIdThatTheClientMadeUpIsNotTaken(@ArquillianResource @OperateOnDeployment("basic") URL base)
            throws Exception {
        String answer = get(base, "planted", "madeupmadeupmadeupmadeup");

        assertThat(cookie(answer)).isNotEmpty().isNotEqualTo("madeupmadeupmadeupmadeup");
    }

    @WebServlet("/planted")
    public static class Planted extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getParameter("peek") == null) {
                request.getSession().setAttribute("planted", "yes");
            }
            HttpSession session = request.getSession(false);
            response.getWriter().print("planted=" + (session == null ? null : session.getAttribute("planted")));
        }
    }

    @WebServlet("/secured")
    @ServletSecurity(@HttpConstraint(rolesAllowed = "clerk"))
    public static class Secured extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("user=" + request.getRemoteUser());
        }
    }

    @WebServlet("/program")
    public static class ByProgram extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            request.login("ann", "ann secret");
            response.getWriter().print("user=" + request.getRemoteUser());
        }
    }
}
