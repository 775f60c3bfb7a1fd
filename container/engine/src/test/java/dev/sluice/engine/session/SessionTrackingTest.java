package dev.sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.engine.descriptor.SessionDescriptor;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.Cookie;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servlet 6.1, 7.1: by cookie, by URL, by TLS. */
class SessionTrackingTest {
    private static final SessionTracking.RequestOrigin ORIGIN =
            new SessionTracking.RequestOrigin("http", "host.test", 8080, "/app/dir/page", "");

    private static SessionTracking tracking(SessionDescriptor descriptor) {
        SessionCookies cookies = new SessionCookies(descriptor, SessionOptions.DEFAULT, "/app");
        return new SessionTracking(cookies, descriptor.trackingModes(), "/app");
    }

    private static SessionDescriptor named(@Nullable String name, SessionTrackingMode... modes) {
        return new SessionDescriptor(null, name, null, null, null, null, null, Map.of(), Set.of(modes));
    }

    @Nested
    class Requested {
        private final SessionTracking tracking = tracking(SessionDescriptor.NONE);

        @Test
        void theCookieOfALiveSessionWins() {
            List<Cookie> cookies = List.of(new Cookie("JSESSIONID", "dead"), new Cookie("JSESSIONID", "live"));
            assertThat(tracking.requested(cookies, name -> "url", null, "live"::equals))
                    .isEqualTo(new RequestedSession("live", SessionTrackingMode.COOKIE));
            assertThat(tracking.requested(cookies, name -> "url", null, id -> false)
                            .id())
                    .isEqualTo("dead");
        }

        @Test
        void thePathParameterComesAfterTheCookie() {
            RequestedSession found =
                    tracking.requested(List.of(), name -> name.equals("jsessionid") ? "url" : null, null, id -> true);
            assertThat(found).isEqualTo(new RequestedSession("url", SessionTrackingMode.URL));
        }

        @Test
        void aCookieNameIsTheParametersNameToo() {
            SessionTracking own = tracking(named("SID"));
            assertThat(own.requested(List.of(new Cookie("JSESSIONID", "x")), name -> null, null, id -> true))
                    .isEqualTo(RequestedSession.NONE);
            assertThat(own.requested(List.of(), name -> name.equals("SID") ? "url" : null, null, id -> true)
                            .id())
                    .isEqualTo("url");
        }

        @Test
        void aModeThatIsOffIsNotLookedAt() {
            SessionTracking onlyUrl = tracking(named(null, SessionTrackingMode.URL));
            assertThat(onlyUrl.requested(List.of(new Cookie("JSESSIONID", "x")), name -> null, null, id -> true))
                    .isEqualTo(RequestedSession.NONE);
            assertThat(onlyUrl.cookie("id", false, "")).isNull();
        }

        @Test
        void theTlsSession() {
            SessionTracking tls = tracking(named(null, SessionTrackingMode.SSL));
            assertThat(tls.requested(List.of(), name -> "url", "tls", id -> true))
                    .isEqualTo(new RequestedSession("tls", SessionTrackingMode.SSL));
        }
    }

    @Nested
    class Modes {
        @Test
        void tlsAllowsNoOther() {
            SessionTracking tracking = tracking(SessionDescriptor.NONE);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tracking.modes(Set.of(SessionTrackingMode.SSL, SessionTrackingMode.URL)));
        }

        @Test
        void areFinalAfterTheStart() {
            SessionTracking tracking = tracking(SessionDescriptor.NONE);
            tracking.modes(Set.of());
            assertThat(tracking.modes()).isEmpty();
            tracking.freeze();
            assertThatIllegalStateException().isThrownBy(() -> tracking.modes(Set.of(SessionTrackingMode.URL)));
            assertThatIllegalStateException()
                    .isThrownBy(() -> tracking.cookies().setName("X"));
            assertThatIllegalStateException()
                    .isThrownBy(() -> tracking.cookies().setAttribute("X", "Y"));
        }
    }

    @Nested
    class Cookies {
        @Test
        void hasTheContextPathAndIsHttpOnly() {
            Cookie cookie = tracking(SessionDescriptor.NONE).cookie("id", false, "");
            assertThat(cookie).isNotNull();
            assertThat(cookie.getName()).isEqualTo("JSESSIONID");
            assertThat(cookie.getAttributes()).containsOnly(Map.entry("Path", "/app"), Map.entry("HttpOnly", ""));
        }

        @Test
        void isSecureOnASecureRequest() {
            Cookie cookie = tracking(SessionDescriptor.NONE).cookie("id", true, "");
            assertThat(cookie).isNotNull();
            assertThat(cookie.getSecure()).isTrue();
        }

        @Test
        void hasWhatTheDescriptorSays() {
            Cookie cookie = tracking(new SessionDescriptor(
                            5,
                            "SID",
                            "host.test",
                            "/x",
                            false,
                            true,
                            60,
                            Map.of("SameSite", "Strict", "Partitioned", ""),
                            Set.of()))
                    .cookie("id", false, "");
            assertThat(cookie).isNotNull();
            assertThat(cookie.getName()).isEqualTo("SID");
            assertThat(cookie.getAttributes())
                    .containsOnly(
                            Map.entry("Domain", "host.test"),
                            Map.entry("Path", "/x"),
                            Map.entry("Secure", ""),
                            Map.entry("Max-Age", "60"),
                            Map.entry("SameSite", "Strict"),
                            Map.entry("Partitioned", ""));
        }

        @Test
        void gettersAndAttributesAgree() {
            SessionCookies cookies = new SessionCookies(SessionDescriptor.NONE, SessionOptions.DEFAULT, "");
            cookies.setAttribute("max-age", "7");
            cookies.setAttribute("httponly", "false");
            cookies.setAttribute("secure", "true");
            assertThat(cookies.getMaxAge()).isEqualTo(7);
            assertThat(cookies.isHttpOnly()).isFalse();
            assertThat(cookies.isSecure()).isTrue();
            assertThat(cookies.getName()).isNull();
            assertThatIllegalArgumentException().isThrownBy(() -> cookies.setAttribute("Max-Age", "soon"));
            assertThatIllegalArgumentException().isThrownBy(() -> cookies.setAttribute("a b", "c"));
            assertThatIllegalArgumentException().isThrownBy(() -> cookies.setName("a;b"));
        }
    }

    @Nested
    class Encoding {
        private final SessionTracking tracking = tracking(SessionDescriptor.NONE);

        private String encode(String url) {
            return tracking.encode(url, "ID", null, ORIGIN);
        }

        @ParameterizedTest
        @CsvSource({
            "/app/x, /app/x;jsessionid=ID",
            "/app/x?q=1#f, /app/x;jsessionid=ID?q=1#f",
            "/app, /app;jsessionid=ID",
            "x, x;jsessionid=ID",
            "../y?a, ../y;jsessionid=ID?a",
            "?q=1, page;jsessionid=ID?q=1",
            "http://host.test:8080/app/x, http://host.test:8080/app/x;jsessionid=ID",
            "HTTP://HOST.test:8080/app/x, HTTP://HOST.test:8080/app/x;jsessionid=ID",
            "//host.test:8080/app/, //host.test:8080/app/;jsessionid=ID",
            "x?u=http://other/, x;jsessionid=ID?u=http://other/"
        })
        void into(String url, String encoded) {
            assertThat(encode(url)).isEqualTo(encoded);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "#f",
                    "/other",
                    "/application",
                    "../../other",
                    "../../../../x",
                    "http://other.test:8080/app/x",
                    "https://host.test:8080/app/x",
                    "http://host.test/app/x",
                    "//other.test/app/",
                    "mailto:a@host.test",
                    "javascript:alert(1)",
                    "/app/x;jsessionid=OLD"
                })
        void notInto(String url) {
            assertThat(encode(url)).isEqualTo(url);
        }

        @Test
        void notForAClientWithCookies() {
            assertThat(tracking.encode("/app/x", "ID", SessionTrackingMode.COOKIE, ORIGIN))
                    .isEqualTo("/app/x");
            assertThat(tracking.encode("/app/x", "ID", SessionTrackingMode.URL, ORIGIN))
                    .isEqualTo("/app/x;jsessionid=ID");
        }

        @Test
        void notWithoutASession() {
            assertThat(tracking.encode("/app/x", null, null, ORIGIN)).isEqualTo("/app/x");
        }

        @Test
        void aBareHostGetsAPath() {
            SessionTracking root = new SessionTracking(
                    new SessionCookies(SessionDescriptor.NONE, SessionOptions.DEFAULT, ""), Set.of(), "");
            assertThat(root.encode("http://host.test:8080?q", "ID", null, ORIGIN))
                    .isEqualTo("http://host.test:8080/;jsessionid=ID?q");
        }

        @Test
        void anyTextIsEncodedOrLeft() {
            long seed = System.nanoTime();
            System.out.println("SessionTrackingTest seed " + seed);
            Random random = new Random(seed);
            String alphabet = "/.:?#;=ap@[]%\\\u0000\u00e4 ";
            for (int i = 0; i < 50_000; i++) {
                StringBuilder url = new StringBuilder(random.nextBoolean() ? "" : "http://host.test:8080");
                for (int j = random.nextInt(15); j > 0; j--) {
                    url.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                String encoded = encode(url.toString());
                if (!encoded.equals(url.toString())) {
                    assertThat(encoded).as("seed %s", seed).contains(";jsessionid=ID");
                }
            }
        }
    }
}
