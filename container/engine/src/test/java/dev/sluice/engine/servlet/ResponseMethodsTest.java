package dev.sluice.engine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.testing.RawResponse;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sentences of the Javadoc of {@code ServletResponse}: encoding, type, length, buffer, reset. Those on the head: {@link ResponseHeadMethodsTest}. */
class ResponseMethodsTest {

    interface Change {
        void on(HttpServletResponse response) throws Exception;
    }

    private static Arguments row(String name, Change change) {
        return Arguments.of(Named.of(name, change));
    }

    @Nested
    class Encoding {
        @Test
        void isLatinOneWhereNothingIsSaid() {
            Inside.get((request, response) -> {
                assertThat(response.getCharacterEncoding()).isEqualTo("ISO-8859-1");
                assertThat(response.getContentType()).isNull();
            });
        }

        @Test
        void theRequestsOwnWinsOverTheApplicationsAndExplicitOverImplicit() {
            Inside.get(
                    TestWebApp.builder().setup(context -> context.setResponseCharacterEncoding("UTF-16")),
                    (request, response) -> {
                        assertThat(response.getCharacterEncoding()).isEqualTo("UTF-16");
                        response.setLocale(Locale.JAPANESE);
                        String ofLocale = response.getCharacterEncoding();
                        response.setCharacterEncoding("UTF-8");
                        response.setLocale(Locale.JAPANESE);
                        assertThat(response.getCharacterEncoding()).isEqualTo("UTF-8");
                        response.setContentType("text/html;charset=US-ASCII");
                        assertThat(response.getCharacterEncoding()).isEqualTo("US-ASCII");
                        response.setCharacterEncoding((String) null);
                        assertThat(response.getCharacterEncoding()).isEqualTo("UTF-16");
                        assertThat(response.getContentType()).doesNotContain("US-ASCII");
                        assertThat(ofLocale).isNotEqualTo("US-ASCII");
                    });
        }

        static Stream<Arguments> encodings() {
            return Stream.of(
                    row("setCharacterEncoding", response -> response.setCharacterEncoding("UTF-8")),
                    row(
                            "setCharacterEncoding by charset",
                            response -> response.setCharacterEncoding(StandardCharsets.UTF_8)),
                    row("setContentType", response -> response.setContentType("text/plain;charset=UTF-8")),
                    row("setLocale", response -> response.setLocale(Locale.forLanguageTag("x-ours"))));
        }

        private static TestWebApp.Builder withLocale() {
            return TestWebApp.builder()
                    .descriptor(builder -> builder.localeEncodings(Map.of("x-ours", "UTF-8", "und-x-ours", "UTF-8")));
        }

        @ParameterizedTest
        @MethodSource("encodings")
        void nullTakesBackWhatAnyMethodHasSaid(Change change) {
            Inside.get(withLocale(), (request, response) -> {
                change.on(response);
                response.setCharacterEncoding((String) null);
                assertThat(response.getCharacterEncoding()).isEqualTo("ISO-8859-1");
                change.on(response);
                response.setCharacterEncoding((Charset) null);
                assertThat(response.getCharacterEncoding()).isEqualTo("ISO-8859-1");
                change.on(response);
                response.setContentType(null);
                assertThat(response.getCharacterEncoding()).isEqualTo("ISO-8859-1");
                assertThat(response.getContentType()).isNull();
            });
        }

        @Test
        void nullLeavesTheApplicationsDefault() {
            Inside.get(
                    TestWebApp.builder().setup(context -> context.setResponseCharacterEncoding("UTF-8")),
                    (request, response) -> {
                        response.setContentType("text/html;charset=US-ASCII");
                        response.setContentType(null);
                        assertThat(response.getCharacterEncoding()).isEqualTo("UTF-8");
                    });
        }

        @ParameterizedTest
        @MethodSource("encodings")
        void isFinalWithTheWriter(Change change) {
            RawResponse answer = Inside.get(withLocale(), (request, response) -> {
                response.setContentType("text/plain");
                response.getWriter().print("\u00e9");
                change.on(response);
                assertThat(response.getCharacterEncoding()).isEqualTo("ISO-8859-1");
                response.setCharacterEncoding((String) null);
                assertThat(response.getContentType()).isEqualTo("text/plain;charset=ISO-8859-1");
            });
            assertThat(answer.header("Content-Type").orElseThrow())
                    .isEqualToIgnoringCase("text/plain;charset=ISO-8859-1");
            assertThat(answer.body()).isEqualTo("\u00e9");
        }

        @Test
        void theTypeMayChangeAfterTheWriter() {
            RawResponse answer = Inside.get((request, response) -> {
                response.setCharacterEncoding("UTF-8");
                response.getWriter();
                response.setContentType("application/xml;charset=US-ASCII");
            });
            assertThat(answer.header("Content-Type").orElseThrow())
                    .isEqualToIgnoringCase("application/xml;charset=UTF-8");
        }

        @Test
        void anUnknownOneFailsTheWriterButNotTheStream() {
            RawResponse answer = Inside.get((request, response) -> {
                response.setContentType("text/plain;charset=no-such");
                assertThatThrownBy(response::getWriter).isInstanceOf(UnsupportedEncodingException.class);
                response.setCharacterEncoding("not a name!");
                assertThatThrownBy(response::getWriter).isInstanceOf(UnsupportedEncodingException.class);
                response.setCharacterEncoding("no-such");
                response.getOutputStream().print("sent");
            });
            assertThat(answer.header("Content-Type").orElseThrow()).isEqualToIgnoringCase("text/plain;charset=no-such");
            assertThat(answer.body()).isEqualTo("sent");
        }

        @Test
        void isToldOnlyWithAType() {
            RawResponse answer = Inside.get((request, response) -> {
                response.setCharacterEncoding("UTF-8");
                response.getWriter().print("\u00e9");
            });
            assertThat(answer.header("Content-Type")).isEmpty();
            assertThat(answer.body()).as("used all the same").isEqualTo("\u00c3\u00a9");
        }
    }

    @Nested
    class Languages {
        @Test
        void isTheContainersDefaultUntilItIsSet() {
            RawResponse answer = Inside.get((request, response) -> {
                assertThat(response.getLocale()).isEqualTo(Locale.getDefault());
                response.setLocale(Locale.GERMANY);
                assertThat(response.getLocale()).isEqualTo(Locale.GERMANY);
                response.setLocale(null);
                assertThat(response.getLocale()).isEqualTo(Locale.getDefault());
                response.setLocale(Locale.CANADA_FRENCH);
                response.flushBuffer();
                response.setLocale(Locale.GERMANY);
                assertThat(response.getLocale()).isEqualTo(Locale.CANADA_FRENCH);
            });
            assertThat(answer.headers("Content-Language")).containsExactly("fr-CA");
        }

        @Test
        void theDescriptorSaysTheEncodingOfALocale() {
            Inside.get(
                    TestWebApp.builder().descriptor(builder -> builder.localeEncodings(Map.of("de", "UTF-16"))),
                    (request, response) -> {
                        response.setLocale(Locale.GERMANY);
                        assertThat(response.getCharacterEncoding()).isEqualTo("UTF-16");
                        response.setLocale(null);
                        assertThat(response.getCharacterEncoding()).isEqualTo("ISO-8859-1");
                    });
        }
    }

    @Nested
    class Body {
        @Test
        void isWrittenByOneOfTwo() {
            Inside.get((request, response) -> {
                ServletOutputStream stream = response.getOutputStream();
                assertThat(response.getOutputStream()).isSameAs(stream);
                assertThatThrownBy(response::getWriter).isInstanceOf(IllegalStateException.class);
                response.reset();
                PrintWriter writer = response.getWriter();
                assertThat(response.getWriter()).isSameAs(writer);
                assertThatThrownBy(response::getOutputStream).isInstanceOf(IllegalStateException.class);
                response.resetBuffer();
                assertThatThrownBy(response::getOutputStream).isInstanceOf(IllegalStateException.class);
                response.reset();
                response.getOutputStream().print("x");
            });
        }

        static Stream<Arguments> commits() {
            return Stream.of(
                    row("flushBuffer", HttpServletResponse::flushBuffer),
                    row("flush of the stream", response -> response.getOutputStream()
                            .flush()),
                    row("flush of the writer", response -> response.getWriter().flush()),
                    row("close of the stream", response -> response.getOutputStream()
                            .close()),
                    row("more than the buffer", response -> response.getOutputStream()
                            .write(new byte[response.getBufferSize() + 1])));
        }

        @ParameterizedTest
        @MethodSource("commits")
        void isCommittedBy(Change change) {
            RawResponse answer = Inside.get((request, response) -> {
                response.setHeader("A", "1");
                response.addCookie(new Cookie("c", "1"));
                assertThat(response.isCommitted()).isFalse();
                change.on(response);
                assertThat(response.isCommitted()).isTrue();
                assertThatThrownBy(response::reset).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(response::resetBuffer).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> response.setBufferSize(100_000)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> response.sendError(500)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> response.sendError(500, "x")).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> response.sendRedirect("/x")).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> response.sendRedirect("/x", 303, false))
                        .isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> response.setTrailerFields(Map::of)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> request.getRequestDispatcher("/x").forward(request, response))
                        .isInstanceOf(IllegalStateException.class);
                response.setStatus(404);
                response.setHeader("A", "2");
                response.addHeader("A", "3");
                response.setIntHeader("A", 4);
                response.addIntHeader("A", 5);
                response.setDateHeader("A", 6);
                response.addDateHeader("A", 7);
                response.setHeader("A", null);
                response.addCookie(new Cookie("c", "2"));
                response.setContentType("text/plain");
                response.setCharacterEncoding("UTF-8");
                response.setContentLength(3);
                response.setContentLengthLong(3);
                response.setLocale(Locale.GERMANY);
                assertThat(response.getStatus()).isEqualTo(200);
                assertThat(response.getHeaders("A")).containsExactly("1");
                assertThat(response.getContentType()).isNull();
            });
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers("A")).containsExactly("1");
            assertThat(answer.headers("Set-Cookie")).containsExactly("c=1");
            assertThat(answer.header("Content-Type")).isEmpty();
            assertThat(answer.header("Content-Language")).isEmpty();
        }

        @Test
        void aSessionIsNotMadeAfterTheCommit() {
            Inside.get((request, response) -> {
                response.flushBuffer();
                assertThat(request.getSession(false)).isNull();
                assertThatThrownBy(request::getSession).isInstanceOf(IllegalStateException.class);
            });
        }

        @Test
        void theBufferIsAtLeastAsLargeAsWanted() {
            Inside.get((request, response) -> {
                response.setBufferSize(70_000);
                assertThat(response.getBufferSize()).isGreaterThanOrEqualTo(70_000);
                response.getOutputStream().write(new byte[70_000]);
                assertThat(response.isCommitted()).isFalse();
                assertThatThrownBy(() -> response.setBufferSize(80_000)).isInstanceOf(IllegalStateException.class);
                response.resetBuffer();
                response.setBufferSize(80_000);
            });
        }

        static Stream<Arguments> consideredCommitted() {
            return Stream.of(
                    row("sendError", response -> response.sendError(404)),
                    row("sendRedirect", response -> response.sendRedirect("/x")),
                    row("sendRedirect that keeps the buffer", response -> response.sendRedirect("/x", false)));
        }

        @ParameterizedTest
        @MethodSource("consideredCommitted")
        void isConsideredCommittedAfter(Change change) {
            RawResponse answer = Inside.get((request, response) -> {
                change.on(response);
                assertThat(response.isCommitted()).isTrue();
                int status = response.getStatus();
                response.setStatus(299);
                assertThat(response.getStatus()).isEqualTo(status);
                assertThatThrownBy(() -> response.setBufferSize(100_000)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(response::reset).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(response::resetBuffer).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> response.sendError(500)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> response.sendRedirect("/y")).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> response.setTrailerFields(Map::of)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(request::getSession).isInstanceOf(IllegalStateException.class);
                response.getWriter().print("should not be written");
            });
            assertThat(answer.body()).doesNotContain("should not");
        }

        @Test
        void resetTakesBackStatusHeadersAndContentAndResetBufferOnlyTheContent() {
            RawResponse answer = Inside.get((request, response) -> {
                response.setStatus(201);
                response.setHeader("A", "1");
                response.setContentType("text/plain;charset=UTF-8");
                response.setContentLength(2);
                response.setLocale(Locale.GERMANY);
                response.getWriter().print("x");
                response.resetBuffer();
                assertThat(response.getStatus()).isEqualTo(201);
                assertThat(response.getHeader("A")).isEqualTo("1");
                assertThat(response.getContentType()).isEqualTo("text/plain;charset=UTF-8");
                response.reset();
                assertThat(response.getStatus()).isEqualTo(200);
                assertThat(response.containsHeader("A")).isFalse();
                assertThat(response.getContentType()).isNull();
                assertThat(response.getCharacterEncoding()).isEqualTo("ISO-8859-1");
                assertThat(response.getLocale()).isEqualTo(Locale.getDefault());
                response.getOutputStream().print("whole");
            });
            assertThat(answer.body()).isEqualTo("whole");
            assertThat(answer.headers("A")).isEmpty();
            assertThat(answer.headers("Content-Language")).isEmpty();
        }

        @Test
        void theLengthMayBeSaidAgainUntilTheCommit() {
            RawResponse answer = Inside.get((request, response) -> {
                response.setContentLength(1);
                response.setContentLengthLong(4);
                response.getOutputStream().print("abcdef");
                assertThat(response.isCommitted())
                        .as("closed when so much is written")
                        .isTrue();
                assertThatCode(() -> response.getOutputStream().print("more")).doesNotThrowAnyException();
            });
            assertThat(answer.headers("Content-Length")).containsExactly("4");
            assertThat(answer.body()).isEqualTo("abcd");
        }

        @Test
        void aLengthAboveTheIntegersIsTold() {
            Inside.send(TestWebApp.builder(), "HEAD /app/check/x HTTP/1.1\r\nHost: a\r\n\r\n", (request, response) -> {
                response.setContentLengthLong(5_000_000_000L);
                assertThat(response.getHeader("Content-Length")).isEqualTo("5000000000");
            });
        }
    }
}
