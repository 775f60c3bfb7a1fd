package dev.sluice.tck;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.RunAs;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Servlet 6.1, 13.3, 13.9 and 15.5.4: the identity of {@code @RunAs} is for calls to enterprise beans. What the servlet
 * sees of its caller stays the caller, whoever dispatched to it.
 */
@ExtendWith(ArquillianExtension.class)
class RunAsTest {

    @Deployment(testable = false)
    static WebArchive archive() {
        return Wire.war(RunAsTest.class, Caller.class, AsBoss.class, ByDescriptor.class)
                .setWebXML(new StringAsset("""
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                  <servlet>
                    <servlet-name>described</servlet-name>
                    <servlet-class>%s</servlet-class>
                    <run-as><role-name>clerk</role-name></run-as>
                  </servlet>
                  <servlet-mapping><servlet-name>described</servlet-name><url-pattern>/described</url-pattern></servlet-mapping>
                  <login-config><auth-method>BASIC</auth-method><realm-name>conformance</realm-name></login-config>
                  <security-role><role-name>auditor</role-name></security-role>
                </web-app>
                """.formatted(ByDescriptor.class.getName())));
    }

    private static String asBob(URL base, String path) throws Exception {
        String credentials = Base64.getEncoder().encodeToString("bob:bob secret".getBytes(StandardCharsets.UTF_8));
        return Wire.get(base, path, "Authorization", "Basic " + credentials).body();
    }

    @Test
    void theRegistrationTellsTheRoleOfTheAnnotation(@ArquillianResource URL base) throws Exception {
        assertThat(asBob(base, "caller?what=registrations")).isEqualTo("boss clerk null");
    }

    @Test
    void theServletStillSeesItsCaller(@ArquillianResource URL base) throws Exception {
        assertThat(asBob(base, "caller?what=forward")).isEqualTo("as-boss: bob boss=false clerk=true");
        assertThat(asBob(base, "caller?what=include"))
                .isEqualTo("before: boss=false as-boss: bob boss=false clerk=true after: boss=false");
    }

    @Test
    void nobodyStaysNobody(@ArquillianResource URL base) throws Exception {
        assertThat(Wire.get(base, "as-boss").body()).isEqualTo("as-boss: null boss=false clerk=false");
    }

    @Test
    void theRoleOfRunAsDoesNotOpenAConstraint(@ArquillianResource URL base) throws Exception {
        String credentials = Base64.getEncoder().encodeToString("bob:bob secret".getBytes(StandardCharsets.UTF_8));
        assertThat(Wire.get(base, "described", "Authorization", "Basic " + credentials)
                        .statusCode())
                .isEqualTo(403);
    }

    @WebServlet("/caller")
    @DeclareRoles({"boss", "clerk"})
    @ServletSecurity(@HttpConstraint(rolesAllowed = "clerk"))
    public static class Caller extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            switch (request.getParameter("what")) {
                case "forward" -> request.getRequestDispatcher("/as-boss").forward(request, response);
                case "include" -> {
                    response.getWriter().print("before: boss=" + request.isUserInRole("boss") + " ");
                    request.getRequestDispatcher("/as-boss").include(request, response);
                    response.getWriter().print(" after: boss=" + request.isUserInRole("boss"));
                }
                default ->
                    response.getWriter()
                            .print(runAs("as-boss") + " " + runAs("described") + " " + runAs(Caller.class.getName()));
            }
        }

        private String runAs(String name) {
            return getServletContext().getServletRegistration(name).getRunAsRole();
        }
    }

    @WebServlet(name = "as-boss", urlPatterns = "/as-boss")
    @RunAs("boss")
    public static class AsBoss extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter()
                    .print("as-boss: " + request.getRemoteUser() + " boss=" + request.isUserInRole("boss") + " clerk="
                            + request.isUserInRole("clerk"));
        }
    }

    @ServletSecurity(@HttpConstraint(rolesAllowed = "boss"))
    public static class ByDescriptor extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("never");
        }
    }
}
