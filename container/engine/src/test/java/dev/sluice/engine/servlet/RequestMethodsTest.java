package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.http.HttpOptions;
import dev.sluice.engine.http.TrustedProxies;
import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestAttributeEvent;
import jakarta.servlet.ServletRequestAttributeListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.MappingMatch;
import jakarta.servlet.http.WebConnection;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sentences of the Javadoc of {@code ServletRequest} and {@code HttpServletRequest}. */
class RequestMethodsTest {

    private static RawResponse post(String type, String body, Inside.RequestCheck check) {
        return post(TestWebApp.builder(), type, body, check);
    }

    private static RawResponse post(TestWebApp.Builder builder, String type, String body, Inside.RequestCheck check) {
        return Inside.send(
                builder,
                "POST /app/check/info?q=1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body,
                check);
    }

    private static void with(String fields, Inside.RequestCheck check) {
        Inside.send(TestWebApp.builder(), "GET /app/check/x HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n", check);
    }

    @Nested
    class Attributes {
        @Test
        void areSetReplacedAndRemovedAndListenersHear() {
            List<String> events = new ArrayList<>();
            ServletRequestAttributeListener listener = new ServletRequestAttributeListener() {
                @Override
                public void attributeAdded(ServletRequestAttributeEvent event) {
                    events.add("added " + event.getValue());
                }

                @Override
                public void attributeReplaced(ServletRequestAttributeEvent event) {
                    events.add("replaced " + event.getValue());
                }

                @Override
                public void attributeRemoved(ServletRequestAttributeEvent event) {
                    events.add("removed " + event.getValue());
                }
            };
            Inside.get(TestWebApp.builder().setup(context -> context.addListener(listener)), (request, response) -> {
                assertThat(request.getAttribute("a")).isNull();
                request.setAttribute("a", 1);
                request.setAttribute("a", 2);
                assertThat(Collections.list(request.getAttributeNames())).containsExactly("a");
                request.setAttribute("a", null);
                assertThat(request.getAttribute("a")).isNull();
                request.removeAttribute("a");
            });
            assertThat(events).containsExactly("added 1", "replaced 1", "removed 2");
        }
    }

    @Nested
    class Encoding {
        @Test
        void isNullWhereNothingIsSaidThenTheApplicationsThenTheRequestsThenTheOneThatIsSet() {
            Inside.get((request, response) ->
                    assertThat(request.getCharacterEncoding()).isNull());
            TestWebApp.Builder builder =
                    TestWebApp.builder().setup(context -> context.setRequestCharacterEncoding("UTF-16"));
            Inside.get(builder, (request, response) -> assertThat(request.getCharacterEncoding())
                    .isEqualTo("UTF-16"));
            post("text/plain;charset=US-ASCII", "x", (request, response) -> {
                assertThat(request.getCharacterEncoding()).isEqualTo("US-ASCII");
                request.setCharacterEncoding("UTF-8");
                assertThat(request.getCharacterEncoding()).isEqualTo("UTF-8");
                request.setCharacterEncoding(StandardCharsets.ISO_8859_1);
                assertThat(request.getCharacterEncoding()).isEqualTo("ISO-8859-1");
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"no-such", "not a name!", ""})
        void anInvalidOneIsUnsupported(String name) {
            Inside.get((request, response) -> {
                assertThatThrownBy(() -> request.setCharacterEncoding(name))
                        .isInstanceOf(UnsupportedEncodingException.class);
                assertThatThrownBy(() -> request.setCharacterEncoding((String) null))
                        .isInstanceOf(UnsupportedEncodingException.class);
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"UTF-16", "no-such"})
        void hasNoEffectAfterParametersOrTheReader(String name) {
            post("application/x-www-form-urlencoded", "a=%C3%A9", (request, response) -> {
                request.setCharacterEncoding("UTF-8");
                assertThat(request.getParameter("a")).isEqualTo("\u00e9");
                request.setCharacterEncoding(name);
                assertThat(request.getCharacterEncoding()).isEqualTo("UTF-8");
            });
            post("text/plain;charset=UTF-8", "x", (request, response) -> {
                request.getReader();
                request.setCharacterEncoding(name);
                assertThat(request.getCharacterEncoding()).isEqualTo("UTF-8");
            });
        }

        @Test
        void thatIsNotSupportedFailsTheReader() {
            post("text/plain;charset=no-such", "x", (request, response) -> {
                assertThatThrownBy(request::getReader).isInstanceOf(UnsupportedEncodingException.class);
                assertThat(request.getInputStream().readAllBytes()).hasSize(1);
            });
        }
    }

    @Nested
    class Body {
        @Test
        void isReadByOneOfTwo() {
            post("text/plain", "body", (request, response) -> {
                assertThat(request.getInputStream()).isSameAs(request.getInputStream());
                assertThatThrownBy(request::getReader).isInstanceOf(IllegalStateException.class);
            });
            post("text/plain", "body", (request, response) -> {
                assertThat(request.getReader()).isSameAs(request.getReader());
                assertThatThrownBy(request::getInputStream).isInstanceOf(IllegalStateException.class);
                assertThat(request.getReader().readLine()).isEqualTo("body");
            });
        }

        @Test
        void lengthAndTypeAreThoseOfTheFieldsOrUnknown() {
            post("text/plain", "body", (request, response) -> {
                assertThat(request.getContentLength()).isEqualTo(4);
                assertThat(request.getContentLengthLong()).isEqualTo(4);
                assertThat(request.getContentType()).isEqualTo("text/plain");
            });
            Inside.get((request, response) -> {
                assertThat(request.getContentLength()).isEqualTo(-1);
                assertThat(request.getContentLengthLong()).isEqualTo(-1);
                assertThat(request.getContentType()).isNull();
            });
        }

        @Test
        void aLengthAboveTheIntegersIsMinusOneAsAnInteger() {
            Inside.send(
                    TestWebApp.builder()
                            .http(HttpOptions.builder().maxBodySize(-1).build()),
                    "POST /app/check/x HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000000\r\nConnection: close\r\n\r\n",
                    (request, response) -> {
                        assertThat(request.getContentLength()).isEqualTo(-1);
                        assertThat(request.getContentLengthLong()).isEqualTo(5_000_000_000L);
                    });
        }

        @Test
        void trailersAreReadyAtOnceWhereThereCannotBeAny() {
            post("text/plain", "body", (request, response) -> {
                assertThat(request.isTrailerFieldsReady()).isTrue();
                assertThat(request.getTrailerFields()).isEmpty();
            });
            Inside.send(
                    TestWebApp.builder(),
                    "POST /app/check/x HTTP/1.0\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody",
                    (request, response) -> {
                        assertThat(request.isTrailerFieldsReady()).isTrue();
                        assertThat(request.getTrailerFields()).isEmpty();
                    });
        }

        @Test
        void trailersOfAChunkedBodyAreReadyBehindItsEndInLowerCaseAndNotBacked() {
            Inside.send(
                    TestWebApp.builder(),
                    "POST /app/check/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "4\r\nbody\r\n0\r\nX-Sum: 7\r\n\r\n",
                    (request, response) -> {
                        assertThat(request.isTrailerFieldsReady()).isFalse();
                        assertThatThrownBy(request::getTrailerFields).isInstanceOf(IllegalStateException.class);
                        request.getInputStream().readAllBytes();
                        assertThat(request.isTrailerFieldsReady()).isTrue();
                        request.getTrailerFields().put("more", "x");
                        assertThat(request.getTrailerFields())
                                .containsOnlyKeys("x-sum")
                                .containsEntry("x-sum", "7");
                    });
        }
    }

    @Nested
    class Parameters {
        @Test
        void ofQueryAndForm() {
            post("application/x-www-form-urlencoded", "a=1&a=2&b=", (request, response) -> {
                assertThat(request.getParameter("none")).isNull();
                assertThat(request.getParameterValues("none")).isNull();
                assertThat(request.getParameter("a")).isEqualTo("1");
                assertThat(request.getParameterValues("a")).containsExactly("1", "2");
                assertThat(request.getParameterValues("b")).containsExactly("");
                assertThat(request.getParameter("q")).isEqualTo("1");
                assertThat(Collections.list(request.getParameterNames())).containsExactlyInAnyOrder("q", "a", "b");
                assertThatThrownBy(() -> request.getParameterMap().put("x", new String[0]))
                        .isInstanceOf(UnsupportedOperationException.class);
                assertThatThrownBy(() -> request.getParameterMap().remove("a"))
                        .isInstanceOf(UnsupportedOperationException.class);
            });
        }

        @Test
        void areNoneWithoutQueryAndForm() {
            with("", (request, response) -> {
                assertThat(request.getParameterNames().hasMoreElements()).isFalse();
                assertThat(request.getParameterMap()).isEmpty();
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"a=%zz", "a=%C3%28", "a=%F"})
        void thatCannotBeReadAreAnIllegalStateEachTime(String form) {
            RawResponse answer = post("application/x-www-form-urlencoded;charset=UTF-8", form, (request, response) -> {
                assertThatThrownBy(() -> request.getParameter("a")).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(request::getParameterMap).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(request::getParameterNames).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> request.getParameterValues("a")).isInstanceOf(IllegalStateException.class);
            });
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Nested
    class Fields {
        @Test
        void haveNamesWithoutCaseAndTheFirstValue() {
            with(
                    "A: 1\r\na: 2\r\nN: 42\r\nBad: x\r\nIf-Modified-Since: Thu, 01 Jan 1970 00:00:01 GMT\r\n",
                    (request, response) -> {
                        assertThat(request.getHeader("a")).isEqualTo("1");
                        assertThat(Collections.list(request.getHeaders("A"))).containsExactly("1", "2");
                        assertThat(request.getHeader("none")).isNull();
                        assertThat(request.getHeaders("none").hasMoreElements()).isFalse();
                        assertThat(request.getIntHeader("n")).isEqualTo(42);
                        assertThat(request.getIntHeader("none")).isEqualTo(-1);
                        assertThatThrownBy(() -> request.getIntHeader("bad")).isInstanceOf(NumberFormatException.class);
                        assertThat(request.getDateHeader("if-modified-since")).isEqualTo(1000);
                        assertThat(request.getDateHeader("none")).isEqualTo(-1);
                        assertThatThrownBy(() -> request.getDateHeader("bad"))
                                .isInstanceOf(IllegalArgumentException.class);
                        assertThat(Collections.list(request.getHeaderNames()))
                                .usingElementComparator(String.CASE_INSENSITIVE_ORDER)
                                .containsExactlyInAnyOrder("Host", "A", "N", "Bad", "If-Modified-Since");
                    });
        }

        @Test
        void cookiesAreNullWhereNoneAreSent() {
            with("", (request, response) -> assertThat(request.getCookies()).isNull());
            with("Cookie: a=1; b=2\r\n", (request, response) -> assertThat(request.getCookies())
                    .extracting(Cookie::getName)
                    .containsExactly("a", "b"));
        }

        @Test
        void localesComeInTheirOrderOrAsTheServersDefault() {
            with("Accept-Language: de;q=0.5, fr-CA, en;q=0.7\r\n", (request, response) -> {
                assertThat(request.getLocale()).isEqualTo(Locale.CANADA_FRENCH);
                assertThat(Collections.list(request.getLocales()))
                        .containsExactly(Locale.CANADA_FRENCH, Locale.ENGLISH, Locale.GERMAN);
            });
            with("", (request, response) -> {
                assertThat(request.getLocale()).isEqualTo(Locale.getDefault());
                assertThat(Collections.list(request.getLocales())).containsExactly(Locale.getDefault());
            });
        }
    }

    @Nested
    class Line {
        @Test
        void isTakenApart() {
            Inside.send(
                    TestWebApp.builder(),
                    "GET http://front:81/app/check/a%20b?x=%20 HTTP/1.1\r\nHost: front:81\r\n\r\n",
                    (request, response) -> {
                        assertThat(request.getMethod()).isEqualTo("GET");
                        assertThat(request.getProtocol()).isEqualTo("HTTP/1.1");
                        assertThat(request.getScheme()).isEqualTo("http");
                        assertThat(request.getRequestURI()).isEqualTo("/app/check/a%20b");
                        assertThat(request.getRequestURL().append("?more").toString())
                                .isEqualTo("http://front:81/app/check/a%20b?more");
                        assertThat(request.getServerName()).isEqualTo("front");
                        assertThat(request.getServerPort()).isEqualTo(81);
                        assertThat(request.getContextPath()).isEqualTo("/app");
                        assertThat(request.getServletPath()).isEqualTo("/check");
                        assertThat(request.getPathInfo()).isEqualTo("/a b");
                        assertThat(request.getQueryString()).isEqualTo("x=%20");
                    });
        }

        @ParameterizedTest
        @CsvSource({"[::1]:81, 81", "[::ffff:1.2.3.4], 80", "[::ffff:1.2.3.4]:8080, 8080"})
        void hasTheAddressThatTheTargetNames(String authority, int port) {
            for (String protocol : new String[] {"1.1\r\nHost: " + authority, "1.0"}) {
                Inside.send(
                        TestWebApp.builder(),
                        "GET http://" + authority + "/app/check?x HTTP/" + protocol + "\r\n\r\n",
                        (request, response) -> {
                            assertThat(request.getServerName())
                                    .isEqualTo(authority.substring(0, authority.indexOf(']') + 1));
                            assertThat(request.getServerPort()).isEqualTo(port);
                            assertThat(request.getHeader("host")).isEqualTo(authority);
                            assertThat(request.getRequestURI()).isEqualTo("/app/check");
                            assertThat(request.getRequestURL()).hasToString("http://" + authority + "/app/check");
                        });
            }
        }

        @Test
        void withoutPathInfoAndQueryHasNulls() {
            Inside.send(TestWebApp.builder(), "GET /app/check HTTP/1.1\r\nHost: a\r\n\r\n", (request, response) -> {
                assertThat(request.getPathInfo()).isNull();
                assertThat(request.getPathTranslated()).isNull();
                assertThat(request.getQueryString()).isNull();
            });
        }

        @Test
        void ofTheRootApplicationHasAnEmptyContextPathAndOfSlashStarAnEmptyServletPath() {
            Inside.Guard guard = new Inside.Guard();
            try (TestWebApp app = TestWebApp.builder()
                    .contextPath("")
                    .servlet(
                            "/*",
                            (request, response) -> guard.run(() -> {
                                assertThat(request.getContextPath()).isEmpty();
                                assertThat(request.getServletPath()).isEmpty();
                                assertThat(request.getPathInfo()).isEqualTo("/x");
                                assertThat(request.getServletContext().getContextPath())
                                        .isEmpty();
                            }))
                    .start()) {
                app.get("/x");
                guard.done();
            }
        }

        @Test
        void mappingIsThatOfTheServletAndStaysInAnInclude() {
            List<HttpServletMapping> seen = new ArrayList<>();
            Inside.get(
                    TestWebApp.builder()
                            .servlet("/t", (request, response) -> seen.add(request.getHttpServletMapping()))
                            .namedServlet("named", (request, response) -> seen.add(request.getHttpServletMapping())),
                    (request, response) -> {
                        HttpServletMapping own = request.getHttpServletMapping();
                        assertThat(own.getMappingMatch()).isEqualTo(MappingMatch.PATH);
                        assertThat(own.getMatchValue()).isEqualTo("info");
                        assertThat(own.getPattern()).isEqualTo("/check/*");
                        request.getRequestDispatcher("/t").include(request, response);
                        request.getServletContext().getNamedDispatcher("named").forward(request, response);
                    });
            assertThat(seen).extracting(HttpServletMapping::getPattern).containsExactly("/check/*", "/check/*");
            Inside.get(
                    TestWebApp.builder().servlet("/t", (request, response) -> {
                        seen.add(request.getHttpServletMapping());
                        assertThat(request.getDispatcherType()).isEqualTo(DispatcherType.FORWARD);
                    }),
                    (request, response) -> request.getRequestDispatcher("/t").forward(request, response));
            assertThat(seen.get(2).getPattern()).isEqualTo("/t");
        }
    }

    @Nested
    class Connections {
        @Test
        void haveIdsOfTheirOwnAndTheProtocolsName() {
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                Inside.get((request, response) -> {
                    assertThat(ids.add(request.getRequestId())).isTrue();
                    assertThat(ids.add("c" + request.getServletConnection().getConnectionId()))
                            .isTrue();
                    assertThat(request.getRequestId()).isEqualTo(request.getRequestId());
                    assertThat(request.getProtocolRequestId()).isEmpty();
                    assertThat(request.getServletConnection().getProtocol()).isEqualTo("http/1.1");
                    assertThat(request.getServletConnection().getProtocolConnectionId())
                            .isEmpty();
                    assertThat(request.getServletConnection().isSecure()).isFalse();
                    assertThat(request.getRemoteAddr()).isEqualTo("127.0.0.1");
                    assertThat(request.getLocalAddr()).isEqualTo("127.0.0.1");
                    assertThat(request.getRemotePort()).isPositive();
                    assertThat(request.getLocalPort()).isPositive();
                });
            }
        }

        @Test
        void areShownAsTheyAreWhateverAProxySays() {
            Inside.send(
                    TestWebApp.builder()
                            .http(HttpOptions.builder()
                                    .proxies(TrustedProxies.of(List.of("127.0.0.0/8"), TrustedProxies.Fields.AUTO))
                                    .build()),
                    "GET /app/check/x HTTP/1.1\r\n"
                            + "Host: a\r\n"
                            + "X-Forwarded-Proto: https\r\n"
                            + "X-Forwarded-For: 10.1.1.1\r\n\r\n",
                    (request, response) -> {
                        assertThat(request.isSecure()).isTrue();
                        assertThat(request.getServletConnection().isSecure()).isFalse();
                    });
        }
    }

    /** Cannot be made. */
    public static final class Unmakeable implements HttpUpgradeHandler {
        private Unmakeable(int unused) {
            throw new IllegalStateException("" + unused);
        }

        @Override
        public void init(WebConnection connection) {}

        @Override
        public void destroy() {}
    }

    @Nested
    class Others {
        @Test
        void dispatchersAreNullForWhatIsNoPathOfTheApplication() {
            Inside.get((request, response) -> {
                assertThat(request.getRequestDispatcher(null)).isNull();
                assertThat(request.getRequestDispatcher("../../../x")).isNull();
                assertThat(request.getRequestDispatcher("../x")).isNotNull();
                assertThat(request.getRequestDispatcher("x")).isNotNull();
                assertThat(request.getServletContext().getRequestDispatcher("x"))
                        .isNull();
            });
        }

        @Test
        void asynchronousModeIsAskedForAndNotThere() {
            Inside.get((request, response) -> {
                assertThat(request.isAsyncStarted()).isFalse();
                assertThat(request.isAsyncSupported()).isTrue();
                assertThatThrownBy(request::getAsyncContext).isInstanceOf(IllegalStateException.class);
                assertThat(request.getDispatcherType()).isEqualTo(DispatcherType.REQUEST);
                response.getOutputStream().close();
                assertThatThrownBy(request::startAsync).isInstanceOf(IllegalStateException.class);
            });
        }

        @Test
        void nobodyIsLoggedIn() {
            Inside.get((request, response) -> {
                assertThat(request.getAuthType()).isNull();
                assertThat(request.getRemoteUser()).isNull();
                assertThat(request.getUserPrincipal()).isNull();
                assertThat(request.isUserInRole("*")).isFalse();
                assertThat(request.isUserInRole("**")).isFalse();
                assertThat(request.isUserInRole("r")).isFalse();
                assertThatThrownBy(() -> request.login("a", "b")).isInstanceOf(ServletException.class);
                assertThatCode(request::logout).doesNotThrowAnyException();
            });
        }

        @Test
        void anUpgradeHandlerThatCannotBeMadeIsAServletException() {
            Inside.get((request, response) ->
                    assertThatThrownBy(() -> request.upgrade(Unmakeable.class)).isInstanceOf(ServletException.class));
        }

        @Test
        void sessionsThatNobodyHas() {
            Inside.get((request, response) -> {
                assertThat(request.getRequestedSessionId()).isNull();
                assertThat(request.isRequestedSessionIdValid()).isFalse();
                assertThat(request.isRequestedSessionIdFromCookie()).isFalse();
                assertThat(request.isRequestedSessionIdFromURL()).isFalse();
                assertThat(request.getSession(false)).isNull();
                assertThatThrownBy(request::changeSessionId).isInstanceOf(IllegalStateException.class);
                assertThat(request.getSession()).isSameAs(request.getSession(true));
                assertThat(request.getSession(false)).isNotNull();
            });
            with("Cookie: JSESSIONID=unknown\r\n", (request, response) -> {
                assertThat(request.getRequestedSessionId()).isEqualTo("unknown");
                assertThat(request.isRequestedSessionIdFromCookie()).isTrue();
                assertThat(request.isRequestedSessionIdValid()).isFalse();
                assertThat(request.getSession().getId()).isNotEqualTo("unknown");
                assertThat(request.getRequestedSessionId()).isEqualTo("unknown");
            });
        }
    }
}
