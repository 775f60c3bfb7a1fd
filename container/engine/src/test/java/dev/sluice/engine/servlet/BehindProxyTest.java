package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.descriptor.SecurityConstraint;
import dev.sluice.engine.descriptor.SecurityConstraint.ResourceCollection;
import dev.sluice.engine.descriptor.SecurityConstraint.Transport;
import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.http.TrustedProxies;
import dev.sluice.engine.testing.RawResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A request that came through a trusted proxy looks as the client sent it. */
class BehindProxyTest {
    private static final String TOLD = "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n";

    private static TestWebApp app(String... trusted) {
        return TestWebApp.builder()
                .http(HttpOptions.builder()
                        .proxies(TrustedProxies.of(List.of(trusted), TrustedProxies.Fields.AUTO))
                        .build())
                .descriptor(builder -> builder.securityConstraints(List.of(new SecurityConstraint(
                        List.of(new ResourceCollection("c", List.of("/tls/*"), Set.of(), Set.of())),
                        null,
                        Transport.CONFIDENTIAL))))
                .servlet("/who", (request, response) -> response.getWriter()
                        .print(String.join(
                                " ",
                                request.getRemoteAddr(),
                                request.getRemoteHost(),
                                request.getScheme(),
                                String.valueOf(request.isSecure()),
                                request.getServerName(),
                                String.valueOf(request.getServerPort()),
                                request.getContextPath(),
                                request.getRequestURL())))
                .servlet("/session", (request, response) -> {
                    request.getSession();
                    response.getWriter().print(response.encodeURL(request.getContextPath() + "/x"));
                })
                .servlet("/redirect", (request, response) -> response.sendRedirect("x?y=z"))
                .servlet("/forward", (request, response) -> request.getRequestDispatcher("/who")
                        .forward(request, response))
                .servlet("/async", (request, response) -> request.startAsync().dispatch("/who"))
                .start();
    }

    private static RawResponse get(TestWebApp app, String target, String fields) {
        return app.send("GET " + target + " HTTP/1.1\r\nHost: shop.example\r\n" + fields + "\r\n");
    }

    @Test
    void addressSchemeHostAndPort() {
        try (TestWebApp app = app("127.0.0.0/8")) {
            assertThat(get(app, "/app/who", TOLD).body())
                    .isEqualTo("203.0.113.9 203.0.113.9 https true shop.example 443 /app https://shop.example/app/who");
            assertThat(get(app, "/app/who", TOLD + "X-Forwarded-Host: [2001:db8::1]:8443\r\n")
                            .body())
                    .endsWith("8443 /app https://[2001:db8::1]:8443/app/who");
            assertThat(get(app, "/app/who", TOLD + "X-Forwarded-Port: 444\r\n").body())
                    .endsWith("shop.example 444 /app https://shop.example:444/app/who");
            assertThat(app.engine().completed())
                    .allSatisfy(request ->
                            assertThat(request.remote().getHostString()).isEqualTo("203.0.113.9"));
        }
    }

    @Test
    void nothingIsBelievedOfOthers() {
        for (String trusted : new String[] {"10.0.0.0/8", "::1"}) {
            try (TestWebApp app = app(trusted)) {
                assertThat(get(app, "/app/who", TOLD + "X-Forwarded-Host: evil.example\r\n")
                                .body())
                        .startsWith("127.0.0.1 ")
                        .endsWith(" http false shop.example 80 /app http://shop.example/app/who");
            }
        }
    }

    @Test
    void redirectsAndCookiesFollow() {
        try (TestWebApp app = app("127.0.0.1")) {
            String prefixed = TOLD + "X-Forwarded-Prefix: /all\r\n";
            assertThat(get(app, "/app/redirect", TOLD).header("Location")).contains("https://shop.example/app/x?y=z");
            assertThat(get(app, "/app/redirect", prefixed).header("Location"))
                    .contains("https://shop.example/all/app/x?y=z");
            assertThat(get(app, "/app", prefixed).header("Location")).contains("https://shop.example/all/app/");
            RawResponse session = get(app, "/app/session", prefixed);
            assertThat(session.header("Set-Cookie"))
                    .hasValueSatisfying(cookie -> assertThat(cookie).contains("Secure", "Path=/all/app"));
            assertThat(session.body()).startsWith("/all/app/x;jsessionid=");
            for (String target : new String[] {"/app/forward", "/app/async"}) {
                assertThat(get(app, target, prefixed).body()).endsWith(" /all/app https://shop.example/all/app/who");
            }
        }
    }

    /** The proxy has TLS, not we: it is reached at the usual port. */
    @Test
    void theWayToTlsLeadsToTheProxy() {
        try (TestWebApp app = app("127.0.0.1")) {
            RawResponse response = get(app, "/app/tls/x?y=z", "X-Forwarded-Proto: http\r\n");
            assertThat(response.header("Location")).contains("https://shop.example/app/tls/x?y=z");
            assertThat(get(app, "/app/tls/x", "").status()).isEqualTo(403);
            assertThat(get(app, "/app/tls/x", TOLD).status()).isEqualTo(404);
        }
    }
}
