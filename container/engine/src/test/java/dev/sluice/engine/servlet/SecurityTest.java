package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.descriptor.LoginDescriptor;
import dev.sluice.engine.security.Logins;
import dev.sluice.engine.security.Realm;
import dev.sluice.engine.security.User;
import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.HttpMethodConstraintElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Constraints before filters, identity in the request, and constraints made by the program (Servlet 6.1, 13). */
class SecurityTest {

    private static final Realm REALM = new Realm() {
        @Override
        public @Nullable User authenticate(String name, String password) {
            return name.equals("ann") && password.equals("secret") ? User.of("ann", Set.of("boss")) : null;
        }
    };

    /** Says who asks. */
    private static final class Who extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter()
                    .print(request.getRemoteUser() + " " + request.getAuthType() + " " + request.isUserInRole("boss"));
        }
    }

    private static TestWebApp app(ServletSecurityElement security) {
        return TestWebApp.builder()
                .descriptor(builder -> builder.login(new LoginDescriptor("BASIC", "test", null, null)))
                .environment(builder -> builder.logins(Logins.of(REALM, InstantSource.system())))
                .setup(context -> {
                    ServletRegistration.Dynamic who = context.addServlet("who", new Who());
                    who.addMapping("/who");
                    assertThat(who.setServletSecurity(security)).isEmpty();
                })
                .servlet("/login", (request, response) -> {
                    request.getSession();
                    try {
                        request.login("ann", "secret");
                        response.getWriter().print(request.getRemoteUser());
                        request.logout();
                        response.getWriter().print(" " + request.getRemoteUser());
                        request.login("ann", "wrong");
                    } catch (ServletException refused) {
                        response.getWriter().print(" refused");
                    }
                })
                .start();
    }

    private static RawResponse as(TestWebApp app, String method, String credentials) {
        String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return app.send(
                method + " /app/who HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + encoded + "\r\n\r\n");
    }

    private static final HttpConstraintElement BOSS = new HttpConstraintElement(TransportGuarantee.NONE, "boss");

    @Test
    void constraintOfTheProgram() {
        try (TestWebApp app = app(new ServletSecurityElement(BOSS))) {
            RawResponse challenge = app.get("/app/who");
            assertThat(challenge.status()).isEqualTo(401);
            assertThat(challenge.header("WWW-Authenticate"))
                    .hasValueSatisfying(header -> assertThat(header).contains("Basic", "test"));
            assertThat(as(app, "GET", "ann:wrong").status()).isEqualTo(401);
            assertThat(as(app, "GET", "ann:secret").body()).isEqualTo("ann BASIC true");
        }
    }

    /** All formats of the access log show it. */
    @Test
    void observersAreToldOfTheUser() {
        try (TestWebApp app = app(new ServletSecurityElement(BOSS))) {
            as(app, "GET", "ann:secret");
            as(app, "GET", "ann:wrong");
            await().until(() -> app.engine().completed().size() == 2);
            assertThat(app.engine().completed())
                    .extracting(request -> request.status() + " " + request.user())
                    .containsExactly("200 ann", "401 null");
        }
    }

    @Test
    void constraintOfOneMethodLeavesTheOthersOpen() {
        try (TestWebApp app = app(new ServletSecurityElement(List.of(new HttpMethodConstraintElement("GET", BOSS))))) {
            assertThat(app.get("/app/who").status()).isEqualTo(401);
            assertThat(app.send("PUT /app/who HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void denyToAll() {
        HttpConstraintElement deny = new HttpConstraintElement(ServletSecurity.EmptyRoleSemantic.DENY);
        try (TestWebApp app = app(new ServletSecurityElement(deny))) {
            assertThat(as(app, "GET", "ann:secret").status()).isEqualTo(403);
        }
    }

    @Test
    void loginAndLogoutByTheProgram() {
        try (TestWebApp app = app(new ServletSecurityElement(BOSS))) {
            assertThat(app.get("/app/login").body()).isEqualTo("ann null refused");
        }
    }
}
