package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.descriptor.LoginDescriptor;
import dev.sluice.engine.descriptor.SecurityConstraint;
import dev.sluice.engine.descriptor.SecurityConstraint.ResourceCollection;
import dev.sluice.engine.descriptor.SecurityConstraint.Transport;
import dev.sluice.engine.security.Logins;
import dev.sluice.engine.security.Realm;
import dev.sluice.engine.security.User;
import dev.sluice.engine.testing.RawResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A Location that the container makes of a request's own URI leads to this server, and never shows its address. */
class OwnLocationTest {
    private static final Realm REALM = new Realm() {
        @Override
        public @Nullable User authenticate(String name, String password) {
            return User.of(name, Set.of());
        }
    };

    private static SecurityConstraint constraint(String pattern, @Nullable Set<String> roles, Transport transport) {
        return new SecurityConstraint(
                List.of(new ResourceCollection("c", List.of(pattern), Set.of(), Set.of())), roles, transport);
    }

    private static TestWebApp.Builder builder(String contextPath) {
        return TestWebApp.builder()
                .contextPath(contextPath)
                .file("/evil.example/index.txt", "x")
                .descriptor(builder -> builder.login(new LoginDescriptor("FORM", null, "/login", "/error"))
                        .securityConstraints(List.of(
                                constraint("/private/*", Set.of("**"), Transport.NONE),
                                constraint("/tls/*", null, Transport.CONFIDENTIAL))))
                .environment(builder ->
                        builder.logins(Logins.of(REALM, InstantSource.system())).confidentialPort(() -> 8443))
                .servlet("/login", (request, response) -> response.getWriter().print("log in"))
                .servlet("/relative/*", (request, response) -> response.sendRedirect("?q"));
    }

    private static String location(TestWebApp app, String target) {
        return app.send("GET " + target + " HTTP/1.0\r\n\r\n")
                .header("Location")
                .orElse("none");
    }

    @Test
    void withoutHost() {
        try (TestWebApp app = builder("").start()) {
            assertThat(location(app, "//evil.example?a=b")).isEqualTo("/evil.example/?a=b");
            assertThat(location(app, "//relative/x")).isEqualTo("/relative/x?q");
            assertThat(app.send("GET /tls/x HTTP/1.0\r\n\r\n").status()).isEqualTo(403);
        }
        try (TestWebApp app = builder("/app").start()) {
            assertThat(location(app, "//app?a=b")).isEqualTo("/app/?a=b");
        }
    }

    @Test
    void withHost() {
        try (TestWebApp app = builder("").start()) {
            RawResponse response = app.send("GET //tls//x HTTP/1.1\r\nHost: shop.example\r\n\r\n");
            assertThat(response.header("Location")).contains("https://shop.example:8443/tls//x");
        }
    }

    @Test
    void afterALoginByForm() {
        try (TestWebApp app = builder("").start()) {
            RawResponse asked = app.send("GET //private/evil.example HTTP/1.0\r\n\r\n");
            assertThat(asked.body()).isEqualTo("log in");
            String cookie = asked.header("Set-Cookie").orElseThrow().split(";")[0];
            String form = "j_username=ann&j_password=x";
            RawResponse login = app.send("POST /j_security_check HTTP/1.0\r\nCookie: " + cookie
                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                    + "\r\n\r\n" + form);
            assertThat(login.header("Location")).contains("/private/evil.example");
        }
    }
}
