package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servlet 6.1, 3.5.2: the canonical path, and what never gets one. */
class RequestPathTest {
    @ParameterizedTest
    @CsvSource({
        "/foo/bar, /foo/bar",
        "/foo/bar/, /foo/bar/",
        "/foo;x=1/bar, /foo/bar",
        "/foo/bar;jsessionid=1234, /foo/bar",
        "/foo//bar, /foo/bar",
        "//, /",
        "/foo/./bar, /foo/bar",
        "/foo/../bar, /bar",
        "/foo/.., /",
        "/foo/bar/.., /foo/",
        "/foo/., /foo/",
        "/., /",
        "/foo%20bar, /foo bar",
        "/foo%25, /foo%",
        "/%E2%82%AC, /\u20ac",
        "/foo%3bbar, /foo;bar",
        "/foo%3Fbar, /foo?bar",
        "/%23, /#",
        "/foo%252e, /foo%2e",
        "/.foo, /.foo",
        "/..foo/bar, /..foo/bar",
        "/foo../bar, /foo../bar",
        "/;x, /",
        "/foo/;x, /foo/",
    })
    void isCanonical(String sent, String expected) {
        RequestPath path = RequestPath.parse(sent);
        assertThat(path.decoded()).isEqualTo(expected);
        assertThat(path.raw()).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "foo",
                "*",
                "/foo%2Fbar",
                "/foo%2fbar",
                "/foo\\bar",
                "/foo%5Cbar",
                "/foo%00",
                "/foo%01",
                "/foo%0d",
                "/foo%7F",
                "/foo\u0001",
                "/foo#bar",
                "/..",
                "/foo/../..",
                "/foo/../../bar",
                "/%2e",
                "/%2e%2e/",
                "/.%2e",
                "/foo/%2E%2E/bar",
                "/..;/foo",
                "/.;/foo",
                "/foo/..;a=b/bar",
                "/foo/;a/bar",
                "/%",
                "/%1",
                "/%g0",
                "/%0g",
                "/%c0%80",
                "/%80",
                "/%ed%a0%80",
                "/foo;%zz",
                "/foo;a\\b",
                "/\u0100"
            })
    void isRefused(String sent) {
        assertThatThrownBy(() -> RequestPath.parse(sent)).isInstanceOf(BadRequestException.class);
    }

    @Test
    void keepsParametersAside() {
        RequestPath path = RequestPath.parse("/a;x=1;y/b;jsessionid=abc;jsessionid=def");
        assertThat(path.parameters()).isEqualTo(List.of("x=1", "y", "jsessionid=abc", "jsessionid=def"));
        assertThat(path.parameter("jsessionid")).isEqualTo("abc");
        assertThat(path.parameter("y")).isNull();
        assertThat(path.parameter("none")).isNull();
    }

    /** What is shown of a request must not be good for taking over its session. */
    @ParameterizedTest
    @CsvSource({"/a/b, /a/b", "/a;jsessionid=1/b;x=y, /a/b", "/a/;jsessionid=1, /a/"})
    void isShownWithoutParameters(String raw, String shown) {
        assertThat(RequestPath.parse(raw).shown()).isEqualTo(shown);
    }
}
