package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sentences of the Javadoc of {@code HttpServletResponse}: header fields, status, errors, redirects, trailers. */
class ResponseHeadMethodsTest {

    @Nested
    class Fields {
        @Test
        void setReplacesAllAndAddAppends() {
            RawResponse answer = Inside.get((request, response) -> {
                response.addHeader("A", "1");
                response.addHeader("a", "2");
                assertThat(response.getHeader("A")).as("the first").isEqualTo("1");
                assertThat(response.getHeaders("A")).containsExactly("1", "2");
                response.setHeader("A", "3");
                assertThat(response.getHeaders("A")).containsExactly("3");
                response.addIntHeader("A", 4);
                response.addDateHeader("A", 0);
                response.setIntHeader("B", 1);
                response.setIntHeader("B", 5);
                response.setDateHeader("C", 1);
                response.setDateHeader("C", 0);
                assertThat(response.containsHeader("b")).isTrue();
                assertThat(response.containsHeader("none")).isFalse();
                assertThat(response.getHeader("none")).isNull();
                assertThat(response.getHeaders("none")).isEmpty();
            });
            assertThat(answer.headers("A")).containsExactly("3", "4", "Thu, 01 Jan 1970 00:00:00 GMT");
            assertThat(answer.headers("B")).containsExactly("5");
            assertThat(answer.headers("C")).containsExactly("Thu, 01 Jan 1970 00:00:00 GMT");
        }

        @Test
        void aNullNameHasNoEffect() {
            Inside.get((request, response) -> {
                response.setHeader(null, "x");
                response.addHeader(null, "x");
                response.setIntHeader(null, 1);
                response.addIntHeader(null, 1);
                response.setDateHeader(null, 1);
                response.addDateHeader(null, 1);
                assertThat(response.getHeaderNames()).isEmpty();
                assertThat(response.containsHeader(null)).isFalse();
                assertThat(response.getHeader(null)).isNull();
                assertThat(response.getHeaders(null)).isEmpty();
            });
        }

        @Test
        void aNullValueRemovesWithSetAndHasNoEffectWithAdd() {
            RawResponse answer = Inside.get((request, response) -> {
                response.addHeader("A", "1");
                response.addHeader("A", null);
                assertThat(response.getHeaders("A")).containsExactly("1");
                response.addHeader("A", "2");
                response.setHeader("A", null);
                assertThat(response.containsHeader("A")).isFalse();
                response.setHeader("Content-Length", "9");
                response.setHeader("Content-Length", null);
                response.setHeader("Content-Type", "text/plain");
                response.setHeader("Content-Type", null);
                assertThat(response.getContentType()).isNull();
                response.getOutputStream().print("whole");
            });
            assertThat(answer.headers("A")).isEmpty();
            assertThat(answer.headers("Content-Length")).containsExactly("5");
            assertThat(answer.headers("Content-Type")).isEmpty();
        }

        @Test
        void theEmptyStringIsAValue() {
            RawResponse answer = Inside.get((request, response) -> {
                response.setHeader("A", "");
                response.addHeader("B", "");
                assertThat(response.containsHeader("A")).isTrue();
                assertThat(response.getHeader("A")).isEmpty();
            });
            assertThat(answer.headers("A")).containsExactly("");
            assertThat(answer.headers("B")).containsExactly("");
        }

        @Test
        void onlyWhatTheApplicationSetIsShown() {
            RawResponse answer = Inside.get((request, response) -> {
                assertThat(response.getHeaderNames()).isEmpty();
                assertThat(response.containsHeader("X-Request-Id")).isFalse();
                assertThat(response.getHeader("X-Request-Id")).isNull();
                response.setHeader("A", "1");
                assertThat(response.getHeaderNames()).containsExactly("A");
            });
            assertThat(answer.header("X-Request-Id")).isPresent();
        }

        @Test
        void collectionsAreCopies() {
            Inside.get((request, response) -> {
                response.setHeader("A", "1");
                add(response.getHeaders("A"));
                add(response.getHeaderNames());
                assertThat(response.getHeaders("A")).containsExactly("1");
                assertThat(response.getHeaderNames()).containsExactly("A");
            });
        }

        private void add(Collection<String> collection) {
            try {
                collection.add("B");
            } catch (UnsupportedOperationException unmodifiable) {
                assertThat(collection).isNotEmpty();
            }
        }

        @Test
        void statusLeavesHeadersAndCookiesAndStartsNoErrorPage() {
            RawResponse answer = Inside.get((request, response) -> {
                assertThat(response.getStatus()).isEqualTo(200);
                response.setHeader("A", "1");
                response.addCookie(new Cookie("c", "1"));
                response.setStatus(503);
                assertThat(response.getStatus()).isEqualTo(503);
                response.getOutputStream().print("own");
            });
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("own");
            assertThat(answer.headers("A")).containsExactly("1");
            assertThat(answer.headers("Set-Cookie")).containsExactly("c=1");
        }
    }

    @Nested
    class Errors {
        @Test
        void clearTheBufferKeepCookiesAndEscapeTheMessage() {
            RawResponse answer = Inside.get((request, response) -> {
                response.addCookie(new Cookie("c", "1"));
                response.setContentLength(30);
                response.getWriter().print("before");
                response.sendError(409, "<b>not</b>");
            });
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.headers("Set-Cookie")).containsExactly("c=1");
            assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/html");
            assertThat(answer.body()).contains("&lt;b&gt;not&lt;/b&gt;").doesNotContain("before");
        }
    }

    @Nested
    class Redirects {
        @ParameterizedTest
        @CsvSource({
            "other, http://localhost/app/check/other",
            "/root, http://localhost/root",
            "//host/p, http://host/p",
            "https://host/p?q#f, https://host/p?q#f",
            "../up, http://localhost/app/up",
            "?x=1, http://localhost/app/check/info?x=1"
        })
        void resolveTheirLocation(String location, String expected) {
            RawResponse answer = Inside.get((request, response) -> response.sendRedirect(location));
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.header("Location")).contains(expected);
        }

        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void haveTheStatusThatIsWanted(int status) {
            RawResponse answer = Inside.get((request, response) -> {
                response.getWriter().print("before");
                response.sendRedirect("/x", status);
            });
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).contains("http://localhost/x").doesNotContain("before");
        }

        @Test
        void keepTheBufferIfThatIsWanted() {
            RawResponse answer = Inside.get((request, response) -> {
                response.getWriter().print("before");
                response.sendRedirect("/x", false);
                response.getWriter().print("after");
            });
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.body()).isEqualTo("before");
            RawResponse other = Inside.get((request, response) -> {
                response.getWriter().print("before");
                response.sendRedirect("/x", 303, false);
            });
            assertThat(other.status()).isEqualTo(303);
            assertThat(other.body()).isEqualTo("before");
        }

        @Test
        void sendTheirNoteWholeWhateverLengthWasSaidBefore() {
            RawResponse answer = Inside.get((request, response) -> {
                response.setContentLength(3);
                response.setHeader("Content-Encoding", "gzip");
                response.sendRedirect("/x");
            });
            assertThat(answer.body()).contains("http://localhost/x").endsWith("\n");
            assertThat(answer.header("Content-Encoding")).isEmpty();
        }

        @Test
        void aLocationThatIsNoneIsAnIllegalArgument() {
            Inside.get((request, response) -> {
                assertThatThrownBy(() -> response.sendRedirect(null)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> response.sendRedirect("../../../../x"))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThat(response.isCommitted()).isFalse();
            });
        }
    }

    @Nested
    class Includes {
        private void includes(Change change, RawCheck check) {
            RawResponse answer = Inside.get(
                    TestWebApp.builder().servlet("/included", (request, response) -> change.on(response)),
                    (request, response) -> {
                        response.setStatus(201);
                        response.setHeader("A", "1");
                        response.setContentType("text/plain;charset=UTF-8");
                        response.getWriter().print("[");
                        request.getRequestDispatcher("/included").include(request, response);
                        response.getWriter().print("]");
                    });
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.headers("A")).containsExactly("1");
            assertThat(answer.headers("B")).isEmpty();
            assertThat(answer.headers("Location")).isEmpty();
            assertThat(answer.headers("Set-Cookie")).isEmpty();
            assertThat(answer.headers("Content-Language")).isEmpty();
            assertThat(answer.header("Content-Type").orElseThrow()).isEqualToIgnoringCase("text/plain;charset=UTF-8");
            check.on(answer.body());
        }

        interface Change {
            void on(HttpServletResponse response) throws jakarta.servlet.ServletException, java.io.IOException;
        }

        interface RawCheck {
            void on(String body);
        }

        @Test
        void changeNothingOfTheHead() {
            includes(
                    response -> {
                        response.setStatus(404);
                        response.setHeader("A", "2");
                        response.addHeader("B", "2");
                        response.setHeader("A", null);
                        response.setIntHeader("A", 3);
                        response.setDateHeader("B", 3);
                        response.addCookie(new Cookie("c", "1"));
                        response.setContentType("text/html");
                        response.setCharacterEncoding("US-ASCII");
                        response.setContentLength(1);
                        response.setLocale(java.util.Locale.GERMANY);
                        response.sendRedirect("/x");
                        response.sendError(500);
                        response.getWriter().print("included");
                    },
                    body -> assertThat(body).isEqualTo("[included]"));
        }

        @Test
        void resetNothingOfTheHead() {
            includes(
                    response -> {
                        response.reset();
                        response.getWriter().print("included");
                    },
                    body -> assertThat(body).endsWith("included]"));
        }

        @Test
        void mayFlush() {
            includes(
                    response -> {
                        response.getWriter().print("included");
                        response.flushBuffer();
                    },
                    body -> assertThat(body).isEqualTo("[included]"));
        }
    }

    @Nested
    class Trailers {
        @Test
        void areSentBehindTheBody() {
            RawResponse answer = Inside.get((request, response) -> {
                assertThat(response.getTrailerFields()).isNull();
                java.util.function.Supplier<Map<String, String>> supplier = () -> Map.of("T", "1");
                response.setTrailerFields(supplier);
                assertThat(response.getTrailerFields()).isSameAs(supplier);
                response.getOutputStream().print("body");
            });
            assertThat(answer.body()).isEqualTo("body\ntrailer T: 1");
        }

        @Test
        void areNotThereInOldHttp() {
            Inside.send(
                    TestWebApp.builder(),
                    "GET /app/check/x HTTP/1.0\r\nHost: a\r\n\r\n",
                    (request, response) -> assertThatThrownBy(() -> response.setTrailerFields(Map::of))
                            .isInstanceOf(IllegalStateException.class));
        }

        @Test
        void areNotThereWithALengthInHttp1() {
            Inside.get((request, response) -> {
                response.setContentLength(4);
                assertThatThrownBy(() -> response.setTrailerFields(Map::of)).isInstanceOf(IllegalStateException.class);
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"Content-Length", "Transfer-Encoding", "Host", "Content-Type", "Trailer", "Set-Cookie"})
        void thatMayNotBeTrailersAreIgnored(String name) {
            RawResponse answer = Inside.get((request, response) -> {
                response.setTrailerFields(() -> Map.of(name, "7", "Fine", "1"));
                response.getOutputStream().print("body");
            });
            assertThat(answer.body()).isEqualTo("body\ntrailer Fine: 1");
        }
    }
}
